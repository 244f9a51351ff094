package review

// Kinds are the kinds of policy, in the order in which they are offered. The order of their sections puts the answer
// first: a clinician has half a minute.
var Kinds = []Kind{
	{ID: "clinical", Name: "Clinical commissioning policy", Position: true, Sections: clinicalSections},
	{ID: "statement", Name: "Policy statement (interim)", Position: true, Expires: true, Sections: statementSections},
	{ID: "generic", Name: "Generic policy", Sections: genericSections},
	{ID: "specification", Name: "Service specification", Sections: specificationSections},
}

// StandardExceptions is the clause on individual funding requests that is offered where a policy has none.
const StandardExceptions = `A patient who does not meet the criteria may still be funded when their clinical circumstances are exceptional. Their clinician can make an individual funding request to the commissioner.

The request must show both that:

- the patient is significantly different from other patients with the same condition at the same stage, and
- because of that difference the patient is likely to gain significantly more from the treatment than those others.

That a treatment is likely to work for the patient is not in itself exceptional. Where several patients could gain in the same way, the request is for a change of this policy and is passed on as such.

The patient does not need to do anything: the clinician who asks will tell them what was decided and why.`

var clinicalSections = []Template{
	{Key: PositionKey, Title: "Commissioning position", Required: true,
		Hint: "Say in one or two sentences whether the treatment is funded, for whom and from which date."},
	{Key: SummaryKey, Title: "In plain English", Required: true,
		Hint: "What the treatment is, who can have it and why, in words that a patient would use."},
	{Key: CriteriaKey, Title: "Who can have it: the criteria",
		Hint: "One criterion to a line, each of which can be checked. Say whether all or any of them must be met."},
	{Key: ExcludedKey, Title: "What is not covered",
		Hint: "Patients and treatments that this policy leaves out, and which policy covers them."},
	{Key: StartStopKey, Title: "Starting, continuing and stopping treatment",
		Hint: "Who starts it, when it is looked at again, what shows that it works, and when it stops."},
	{Key: InsteadKey, Title: "What happens instead",
		Hint: "What a patient who does not meet the criteria is offered: other treatment, advice, when to come back."},
	{Key: ExceptionsKey, Title: "Exceptional cases", Required: true, Standard: StandardExceptions,
		Hint: "How to ask for funding outside the criteria. The standard clause fits most policies."},
	{Key: ReasonsKey, Title: "Reasons for the position", Required: true,
		Hint: "Why this position: is the treatment appropriate, clinically effective, cost effective and ethical?"},
	{Key: ConditionKey, Title: "The condition and the treatment", Required: true,
		Hint: "What the condition is, how many people have it, and what the treatment does."},
	{Key: EvidenceKey, Title: "What the evidence says", Required: true,
		Hint: "What was searched and when, what was found, and how certain it is."},
	{Key: GuidanceKey, Title: "National guidance",
		Hint: "Which national guidance there is, where this policy follows it, and where and why it departs from it."},
	{Key: EqualityKey, Title: "Equality",
		Hint: "Who may be affected more than others, and what is done about it."},
	{Key: TransitionKey, Title: "Moving from older policies",
		Hint: "What holds for patients who were referred before this policy took effect."},
	{Key: CodesKey, Title: "Codes and monitoring",
		Hint: "Procedure and diagnosis codes, and how it will be seen that the policy works."},
	{Key: DefinitionsKey, Title: "Words used in this policy",
		Hint: "What each special word or abbreviation means."},
	{Key: ReferencesKey, Title: "References",
		Hint: "Guidance, studies and documents that the text refers to."},
}

var statementSections = []Template{
	{Key: PositionKey, Title: "Interim position", Required: true,
		Hint: "Say whether the treatment is funded for now, for whom, from which date and until when."},
	{Key: SummaryKey, Title: "In plain English", Required: true,
		Hint: "What is decided for now and what comes next, in words that a patient would use."},
	{Key: CriteriaKey, Title: "Who can have it: the criteria",
		Hint: "One criterion to a line, each of which can be checked. Say whether all or any of them must be met."},
	{Key: ExcludedKey, Title: "What is not covered", Hint: "Patients and treatments that this statement leaves out."},
	{Key: InsteadKey, Title: "What happens instead",
		Hint: "What a patient who does not meet the criteria is offered meanwhile."},
	{Key: ExceptionsKey, Title: "Exceptional cases", Required: true, Standard: StandardExceptions,
		Hint: "How to ask for funding outside the criteria. The standard clause fits most statements."},
	{Key: ReasonsKey, Title: "Why a statement is needed now", Required: true,
		Hint: "What made it urgent, and when the full policy is due."},
	{Key: EvidenceKey, Title: "What the evidence says", Hint: "What is known so far, and how certain it is."},
	{Key: GuidanceKey, Title: "National guidance",
		Hint: "Which national guidance there is, where this statement follows it, and where and why it departs from it."},
	{Key: EqualityKey, Title: "Equality", Hint: "Who may be affected more than others, and what is done about it."},
	{Key: TransitionKey, Title: "When the statement ends",
		Hint: "What holds for patients who were referred before it ended."},
	{Key: ReferencesKey, Title: "References", Hint: "Guidance, studies and documents that the text refers to."},
}

var genericSections = []Template{
	{Key: PositionKey, Title: "What this policy decides", Required: true,
		Hint: "The rule in one or two sentences, and the date from which it holds."},
	{Key: SummaryKey, Title: "In plain English", Required: true,
		Hint: "What it means for a patient, in words that a patient would use."},
	{Key: ScopeKey, Title: "Who and what it covers", Required: true,
		Hint: "Which patients, treatments and decisions it is about, and which it is not."},
	{Key: ProcedureKey, Title: "How it works", Required: true,
		Hint: "Who does what, in which order, and how long each step takes."},
	{Key: ExceptionsKey, Title: "Exceptional cases", Required: true, Standard: StandardExceptions,
		Hint: "How to ask for something that the rule does not allow."},
	{Key: ReasonsKey, Title: "Reasons", Required: true, Hint: "Why there is such a rule, and the law it rests on."},
	{Key: GuidanceKey, Title: "National guidance", Hint: "What the law and national guidance say about it."},
	{Key: EqualityKey, Title: "Equality", Hint: "Who may be affected more than others, and what is done about it."},
	{Key: TransitionKey, Title: "Moving from older policies", Hint: "What holds for cases that were begun before."},
	{Key: DefinitionsKey, Title: "Words used in this policy", Hint: "What each special word or abbreviation means."},
	{Key: ReferencesKey, Title: "References", Hint: "Laws, guidance and documents that the text refers to."},
}

var specificationSections = []Template{
	{Key: PositionKey, Title: "What is commissioned", Required: true,
		Hint: "The service in one or two sentences, and the date from which it is provided."},
	{Key: SummaryKey, Title: "In plain English", Required: true,
		Hint: "What patients can expect, in words that a patient would use."},
	{Key: ScopeKey, Title: "Who the service is for", Required: true, Hint: "Which patients, and how they are referred."},
	{Key: ProcedureKey, Title: "How the service works", Required: true,
		Hint: "The pathway, the staff, and the standards to be met."},
	{Key: ReasonsKey, Title: "Reasons", Hint: "Why the service is arranged in this way."},
	{Key: EvidenceKey, Title: "What the evidence says", Hint: "What was found, and how certain it is."},
	{Key: GuidanceKey, Title: "National guidance", Hint: "Which national guidance the service follows."},
	{Key: EqualityKey, Title: "Equality", Hint: "Who may be affected more than others, and what is done about it."},
	{Key: CodesKey, Title: "Measures and monitoring", Hint: "What is counted, and how often."},
	{Key: DefinitionsKey, Title: "Words used", Hint: "What each special word or abbreviation means."},
	{Key: ReferencesKey, Title: "References", Hint: "Guidance, studies and documents that the text refers to."},
}
