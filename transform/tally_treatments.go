package transform

import "hemicycle/schemas"

// seatTreatment returns how measures by seats treat what the box leaves open.
func (t *tally) seatTreatment(unlisted string) string {
	if t.unlistedSeats == 0 {
		unlisted = schemas.AllListed
	}
	if len(t.independentSeats) > 0 {
		return joinTreatments(unlisted, schemas.IndependentsOneGroup)
	}
	return unlisted
}

// voteTreatment returns how measures by votes treat what the box leaves open.
func (t *tally) voteTreatment(unlisted string) string {
	switch {
	case t.ofVotes:
		unlisted = schemas.OfListedVotes
	case t.unlistedVotes == 0:
		unlisted = schemas.AllListed
	}
	if t.independents {
		return joinTreatments(unlisted, schemas.IndependentsOneGroup)
	}
	return unlisted
}

// pairTreatment returns how measures by votes and seats treat what the box leaves open.
func (t *tally) pairTreatment(unlisted string) string {
	switch {
	case t.ofVotes:
		unlisted = schemas.OfListedVotes
	case t.restVotes == 0 && t.restSeats == 0:
		unlisted = schemas.AllListed
	}
	if t.independents || len(t.independentSeats) > 0 {
		return joinTreatments(unlisted, schemas.IndependentsOneGroup)
	}
	return unlisted
}

// gameTreatment returns how measures of the whole chamber treat independents. The box lists all of its seats.
func (t *tally) gameTreatment() string { return t.seatTreatment(schemas.AllListed) }
