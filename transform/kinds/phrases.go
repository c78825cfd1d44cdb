package kinds

import "hemicycle/schemas/contest"

// kindPhrase is a kind of election with the phrases that name it.
type kindPhrase struct {
	kind    string
	phrases []string
}

// kindPhrases are the kinds that a title can say, in the order in which they are tried: the first that it has counts,
// since a gubernatorial by-election is that of a governor, and a mayoral primary no election of a mayor.
var kindPhrases = []kindPhrase{
	{None, []string{"speaker", "conclave"}},
	{"", []string{"election and referendum", "referendum and election", "elections and referendum"}},
	{contest.Leadership, []string{
		"leadership", "indian national congress presidential", "party presidential election", "leader election",
	}},
	{contest.Primary, []string{"primary", "primaries", "caucus", "caucuses", "primarias", "primarie"}},
	{contest.Referendum, []string{
		"referendum", "referendums", "referenda", "plebiscite", "referéndum", "référendum", "plebiscito",
		"volksabstimmung",
		"referandumu", "реферэндум", "референдум", "folkeafstemning", "folkomröstning",
	}},
	{contest.Recall, []string{"recall"}},
	{contest.OtherExecutive, []string{
		"lieutenant gubernatorial", "lieutenant governor", "vice presidential", "vice-presidential", "prime ministerial",
		"attorney general", "secretary of state", "state controller", "comptroller", "state treasurer", "treasurer",
		"state auditor", "auditor", "insurance commissioner", "superintendent", "commissioner", "chief executive",
		"police and crime commissioner",
	}},
	{contest.Gubernatorial, []string{"gubernatorial", "governor election", "governors elections"}},
	{contest.Mayoral, []string{"mayoral", "mayor election", "mayors election"}},
	{contest.Judicial, []string{"supreme court", "judicial", "court of appeals", "judges"}},
	{contest.ByElection, []string{
		"by-election", "by-elections", "byelection", "by election", "by elections", "special election",
		"special elections",
	}},
	{contest.Legislative, []string{
		"european parliament", "european election", "european elections", "parlamento europeo",
	}},
	{contest.Local, []string{
		"municipal", "local election", "local elections", "city council", "county council", "borough council",
		"district council", "town council", "city assembly", "municipal corporation", "parish council", "city commission",
		"board of supervisors",
		"county commission", "municipales", "comunali", "municipais", "autárquicas", "yerel", "communal", "communales",
		"gemeinderatswahl", "kommunalwahl", "kommunalwahlen", "district councils", "local government", "city elections",
	}},
}

var presidentialPhrases = []string{
	"presidential", "presidenciales", "presidencial", "présidentielle", "presidenziali", "presidenciais",
	"cumhurbaşkanlığı", "präsidentschaftswahl", "presidentvalg", "presidentval", "prezydenckie",
}

var legislativePhrases = []string{
	"parliamentary", "legislative", "senate", "senatorial", "house of representatives", "house of commons",
	"house of councillors", "house of assembly", "house of delegates", "house of keys", "house election",
	"house elections", "assembly", "chamber of deputies", "chamber of representatives", "congress of deputies",
	"congressional", "knesset", "lok sabha", "rajya sabha", "bundestag", "landtag", "federal election",
	"federal elections", "state election",
	"provincial election",
	"diet", "constitutional convention", "soviet", "parliament", "duma", "storting", "cortes",
	"riksdag", "senedd", "dáil", "seanad", "sejm", "folketing", "national council", "state council", "supreme council",
	"federal parliament", "legislature", "legislatives", "législatives", "legislativas", "parlamentarias",
	"parlamentari", "parlamentares", "senato", "senado", "sénatoriales", "bundestagswahl", "milletvekili",
	"congreso", "legislative council", "council of states", "mazhilis", "althing", "parlamento",
}

// kindParts are the kinds by parts of words, for languages that join them or write none between words.
var kindParts = []kindPhrase{
	{contest.Referendum, []string{"國民投票", "国民投票", "公民投票", "국민투표"}},
	{contest.Mayoral, []string{"bürgermeisterwahl", "市長選挙", "市長選舉"}},
	{contest.Presidential, []string{
		"präsidentschaftswahl", "bundespräsidentenwahl", "президентские выборы", "выборы президента", "總統選舉",
		"总统选举", "大統領選挙", "대통령 선거",
	}},
	{contest.Legislative, []string{
		"bundestagswahl", "landtagswahl", "parlamentswahl", "europawahl", "nationalratswahl",
		"парламентские выборы",
		"衆議院議員", "參議院", "参議院議員", "眾議院", "국회의원 선거", "총선거", "立法會選舉",
	}},
}
