package stores

import "concordat/server/internal/docstore"

// kinds are all governed documents, plain the collections of what has no events. Each aggregate's file declares
// its own; here they are joined.
var (
	kinds = []kind{
		policyKind,
		saveKind,
		versionKind,
		commissionerKind,
		localKind,
		importKind,
		levelKind,
		estimateKind,
		activityKind,
		harmonyKind,
		registerKind,
		publicationKind,
		programmeKind,
		commitmentKind,
		meetingKind,
		decisionKind,
		noticeKind,
		accountKind,
	}
	plain = []docstore.Collection{
		drafts,
		attempts,
		sessions,
	}
)
