package document

import "strings"

// fileNamespaces are the names of the namespaces of files and media, in lower case: a link to one of them shows a
// picture. Source: the keys NS_FILE and NS_MEDIA of $namespaceNames, $namespaceAliases and $namespaceGenderAliases in
// the files languages/messages/Messages*.php of MediaWiki, by language. The English names are known to all wikis.
var fileNamespaces = namespaceSet(map[string]string{
	"en": "file image media", "af": "lêer beeld", "ar": "ملف صورة وسائط ميديا", "az": "fayl şəkil",
	"be": "файл выява медыя", "be-tarask": "файл выява мэдыя", "bg": "файл картинка медия",
	"bn": "চিত্র মিডিয়া", "br": "restr skeudenn", "bs": "datoteka slika medij mediji", "ca": "fitxer imatge",
	"cs": "soubor obrázek média", "cy": "delwedd", "da": "fil billede", "de": "datei bild medium",
	"el": "αρχείο εικόνα μέσο", "eo": "dosiero bildo aŭdvidaĵo", "es": "archivo imagen medio",
	"et": "pilt fail meedia", "eu": "fitxategi irudi", "fa": "پرونده تصویر مدیا", "fi": "tiedosto kuva",
	"fr": "fichier média", "ga": "íomhá", "gl": "ficheiro imaxe", "he": "קובץ תמונה מדיה",
	"hi": "चित्र मीडिया", "hr": "datoteka slika mediji", "hu": "fájl kép média", "hy": "պատկեր մեդիա",
	"id": "berkas gambar", "is": "mynd miðill", "it": "immagine", "ja": "ファイル 画像 メディア",
	"ka": "ფაილი სურათი მედია", "kk": "сурет таспа", "ko": "파일 그림 미디어", "lt": "vaizdas medija", "lv": "attēls",
	"mk": "податотека слика медиум", "ml": "പ്രമാണം ചിത്രം മീഡിയ", "mr": "चित्र मिडिया", "ms": "fail imej",
	"nl": "bestand afbeelding", "nn": "fil bilde filpeikar", "no": "fil bilde medium", "pl": "plik grafika",
	"pt": "ficheiro arquivo imagem multimédia", "ro": "fișier fişier imagine", "ru": "файл изображение медиа",
	"sh": "datoteka slika medij", "sk": "súbor obrázok médiá", "sl": "slika datoteka", "sq": "skeda figura",
	"sr": "датотека слика медиј datoteka slika medij", "sv": "fil bild", "sw": "picha faili",
	"ta": "படிமம் ஊடகம்", "te": "దస్త్రం బొమ్మ మీడియా", "th": "ไฟล์ ภาพ สื่อ", "tl": "talaksan midya",
	"tr": "dosya resim medya ortam", "uk": "файл зображення медіа", "ur": "ملف تصویر وسیط",
	"uz": "fayl tasvir", "vi": "tập_tin hình phương_tiện", "zh": "文件 档案 檔案 图像 圖像 图片 圖片 媒体 媒體 媒體檔案",
})

// categoryNamespaces are the names of the namespaces of categories, in lower case: a link to one of them shows nothing.
// Source: the key NS_CATEGORY, as above.
var categoryNamespaces = namespaceSet(map[string]string{
	"en": "category", "af": "kategorie", "ar": "تصنيف", "az": "kateqoriya", "be": "катэгорыя",
	"bg": "категория", "bn": "বিষয়শ্রেণী", "br": "rummad", "bs": "kategorija", "ca": "categoria",
	"cs": "kategorie", "cy": "categori", "da": "kategori", "de": "kategorie", "el": "κατηγορία",
	"eo": "kategorio", "es": "categoría", "et": "kategooria", "eu": "kategoria", "fa": "رده", "fi": "luokka",
	"fr": "catégorie", "ga": "catagóir", "gl": "categoría", "he": "קטגוריה", "hi": "श्रेणी",
	"hr": "kategorija", "hu": "kategória", "hy": "կատեգորիա", "id": "kategori", "is": "flokkur",
	"it": "categoria", "ja": "カテゴリ", "ka": "კატეგორია", "kk": "санат", "ko": "분류", "lt": "kategorija",
	"lv": "kategorija", "mk": "категорија", "ml": "വർഗ്ഗം", "mr": "वर्ग", "ms": "kategori", "nl": "categorie",
	"nn": "kategori", "no": "kategori", "pl": "kategoria", "pt": "categoria", "ro": "categorie",
	"ru": "категория", "sh": "kategorija", "sk": "kategória", "sl": "kategorija", "sq": "kategoria",
	"sr": "категорија kategorija", "sv": "kategori", "sw": "jamii", "ta": "பகுப்பு", "te": "వర్గం",
	"th": "หมวดหมู่", "tl": "kategorya", "tr": "kategori", "uk": "категорія", "ur": "زمرہ", "uz": "turkum",
	"vi": "thể_loại", "zh": "分类 分類",
})

// otherNamespaces are the names of the namespaces whose pages are no articles, beside files and categories, in lower
// case. Source: the keys of $namespaceNames, $namespaceAliases and $namespaceGenderAliases, as above, and for the
// namespaces of projects and portals $wgExtraNamespaces of the Wikipedias.
var otherNamespaces = namespaceSet(map[string]string{
	"en": "talk user user_talk wikipedia wikipedia_talk project project_talk wp wt file_talk image_talk mediawiki " +
		"mediawiki_talk template template_talk tm help help_talk category_talk portal portal_talk draft draft_talk " +
		"module module_talk special timedtext timedtext_talk book book_talk gadget gadget_talk mos topic",
	"af": "gebruiker sjabloon hulp spesiaal portaal", "ar": "نقاش مستخدم مستخدمة ويكيبيديا قالب مساعدة خاص بوابة وحدة",
	"az": "istifadəçi vikipediya şablon kömək xüsusi portal",
	"be": "удзельнік удзельніца вікіпедыя шаблон даведка адмысловае партал",
	"bg": "беседа потребител уикипедия шаблон помощ специални портал",
	"bn": "ব্যবহারকারী উইকিপিডিয়া টেমপ্লেট সাহায্য বিশেষ প্রবেশদ্বার",
	"ca": "discussió usuari usuària viquipèdia plantilla ajuda especial portal",
	"cs": "diskuse uživatel uživatelka redaktor wikipedie šablona nápověda speciální portál",
	"cy": "sgwrs defnyddiwr wicipedia nodyn cymorth arbennig porth", "da": "diskussion bruger skabelon hjælp speciel",
	"de": "diskussion benutzer benutzerin benutzer_diskussion wikipedia_diskussion vorlage vorlage_diskussion " +
		"hilfe hilfe_diskussion spezial portal_diskussion modul",
	"el": "συζήτηση χρήστης βικιπαίδεια πρότυπο βοήθεια ειδικό πύλη",
	"eo": "diskuto uzanto vikipedio ŝablono helpo specialaĵo portalo",
	"es": "discusión usuario usuaria plantilla ayuda especial módulo anexo_discusión wikiproyecto",
	"et": "arutelu kasutaja vikipeedia mall juhend eri portaal",
	"eu": "eztabaida lankide wikipedia txantiloi laguntza berezi atari",
	"fa": "بحث کاربر ویکی\u200cپدیا الگو راهنما ویژه درگاه پودمان",
	"fi": "keskustelu käyttäjä wikipedia malline ohje toiminnot teemasivu",
	"fr": "discussion utilisateur utilisatrice discussion_utilisateur wikipédia modèle aide spécial portail " +
		"projet discussion_wikipédia discussion_modèle discussion_portail référence",
	"ga": "plé úsáideoir vicipéid teimpléad cabhair speisialta",
	"gl": "conversa usuario usuaria modelo axuda especial portal",
	"he": "שיחה משתמש משתמשת ויקיפדיה תבנית עזרה מיוחד פורטל יחידה",
	"hi": "वार्ता सदस्य विकिपीडिया साँचा सहायता विशेष प्रवेशद्वार",
	"hr": "razgovor suradnik suradnica wikipedija predložak pomoć posebno portal",
	"hu": "vita szerkesztő wikipédia sablon segítség speciális portál",
	"hy": "քննարկում մասնակից վիքիպեդիա կաղապար օգնություն սպասարկող պորտալ",
	"id": "pembicaraan pengguna templat bantuan istimewa modul", "is": "spjall notandi snið hjálp kerfissíða gátt",
	"it": "discussione utente aiuto speciale portale progetto modulo discussioni_utente",
	"ja": "ノート 利用者 テンプレート ヘルプ 特別 プロジェクト モジュール",
	"ka": "განხილვა მომხმარებელი ვიკიპედია თარგი დახმარება სპეციალური პორტალი",
	"kk": "талқылау қатысушы уикипедия үлгі анықтама арнайы портал", "ko": "토론 사용자 위키백과 틀 도움말 특수 포털 모듈",
	"lt": "aptarimas naudotojas naudotoja vikipedija šablonas pagalba specialus vikisritis",
	"lv": "diskusija dalībnieks vikipēdija veidne palīdzība portāls",
	"mk": "разговор корисник википедија шаблон помош специјална портал",
	"ms": "perbincangan pengguna templat bantuan khas portal",
	"nl": "overleg gebruiker sjabloon help speciaal portaal overleg_gebruiker",
	"nn": "diskusjon brukar mal hjelp spesial", "no": "diskusjon bruker mal hjelp spesial",
	"pl": "dyskusja wikipedysta wikipedystka szablon pomoc specjalna wikiprojekt moduł",
	"pt": "discussão usuário usuária usuário(a) utilizador utilizadora wikipédia predefinição ajuda especial módulo",
	"ro": "discuție utilizator format ajutor special portal proiect",
	"ru": "обсуждение участник участница википедия шаблон справка служебная портал проект модуль",
	"sh": "razgovor korisnik šablon pomoć posebno",
	"sk": "diskusia redaktor redaktorka wikipédia šablóna pomoc špeciálne portál",
	"sl": "pogovor uporabnik uporabnica wikipedija predloga pomoč posebno portal",
	"sq": "diskutim përdoruesi përdoruesja stampa ndihmë speciale portal",
	"sr": "разговор корисник корисница википедија шаблон помоћ посебно портал модул razgovor korisnik vikipedija " +
		"šablon pomoć posebno",
	"sv": "diskussion användare wikipedia mall hjälp special portal modul", "sw": "mtumiaji kigezo msaada maalum",
	"ta": "பேச்சு பயனர் விக்கிப்பீடியா வார்ப்புரு உதவி சிறப்பு வலைவாசல்",
	"th": "พูดคุย ผู้ใช้ วิกิพีเดีย แม่แบบ วิธีใช้ พิเศษ สถานีย่อย",
	"tr": "tartışma kullanıcı vikipedi şablon yardım özel portal vikiproje modül",
	"uk": "обговорення користувач користувачка вікіпедія шаблон довідка спеціальна портал модуль",
	"ur": "تبادلۂ_خیال صارف ویکیپیڈیا سانچہ معاونت خاص باب",
	"uz": "munozara foydalanuvchi vikipediya andoza yordam maxsus portal",
	"vi": "thảo_luận thành_viên bản_mẫu trợ_giúp đặc_biệt cổng_thông_tin chủ_đề mô_đun",
	"zh": "讨论 討論 用户 使用者 维基百科 維基百科 模板 帮助 幫助 使用說明 特殊 主题 主題 模块 模組",
})

// otherWikis are the prefixes of links to other wikis, in lower case: the codes of the languages that have a Wikipedia,
// and the names of the projects beside it. Source: the tables of interwiki prefixes and of languages of the Wikimedia
// projects, https://meta.wikimedia.org/wiki/Interwiki_map and https://meta.wikimedia.org/wiki/List_of_Wikipedias.
var otherWikis = WordSet(`
	aa ab ace ady af ak als alt am ami an ang ann anp ar arc ary arz as ast atj av avk awa ay az azb ba ban bar
	bat-smg bbc bcl bdr be be-tarask be-x-old bew bg bh bi bjn blk bm bn bo bpy br bs btm bug bxr ca cbk-zam cdo ce
	ceb ch cho chr chy ckb co cr crh cs csb cu cv cy da dag de dga din diq dsb dtp dty dv dz ee el eml en eo es et eu
	ext fa fat ff fi fiu-vro fj fo fon fr frp frr fur fy ga gag gan gcr gd gl glk gn gom gor got gpe gsw gu guc gur
	guw gv ha hak haw he hi hif ho hr hsb ht hu hy hyw hz ia iba id ie ig igl ii ik ilo inh io is it iu ja jam jbo jv
	ka kaa kab kbd kbp kcg kg kge ki kj kk kl km kn knc ko koi kr krc ks ksh ku kus kv kw ky la lad lb lbe lez lfn lg
	li lij lld lmo ln lo lrc lt ltg lv mad mai map-bms mdf mg mh mhr mi min mk ml mn mni mnw mo mos mr mrj ms mt mus
	mwl my myv mzn na nah nan nap nb nds nds-nl ne new ng nia nl nn no nov nqo nr nrm nso nup nv ny oc olo om or os pa
	pag pam pap pcd pcm pdc pfl pi pih pl pms pnb pnt ps pt pwn qu rm rmy rn ro roa-rup roa-tara rsk ru rue rw sa sah
	sat sc scn sco sd se sg sgs sh shi shn si simple sk skr sl sm smn sn so sq sr srn ss st stq su sv sw syl szl szy
	ta tay tcy tdd te tet tg th ti tig tk tl tly tn to tpi tr trv ts tt tum tw ty tyv udm ug uk ur uz ve vec vep vi
	vls vo vro wa war wo wuu xal xh xmf yi yo yue za zea zgh zh zh-classical zh-min-nan zh-yue zu
	b c commons d foundation incubator m mail mediazilla meta metawikipedia mw n outreach phab phabricator q s species
	testwiki translatewiki v voy w wikibooks wikidata wikifunctions wikimedia wikinews wikiquote wikisource
	wikispecies wikiversity wikivoyage wikt wiktionary wmf google imdbname imdbtitle doi arxiv toollabs toolforge`)

// namespaceSet returns the names of all languages. A name of two words has an underscore between them.
func namespaceSet(byLanguage map[string]string) map[string]bool {
	names := map[string]bool{}
	for _, of := range byLanguage {
		for name := range strings.FieldsSeq(of) {
			names[foldNamespace(name)] = true
		}
	}
	return names
}

// FileName returns the name of the file to which a title leads, without its namespace; ok reports whether the title is
// that of a file. A link to a file shows a picture, and not its name.
func FileName(title string) (name string, ok bool) {
	namespace, name, found := splitNamespace(title)
	return name, found && fileNamespaces[namespace]
}

// IsCategory reports whether a title is that of a category. A link to one shows nothing.
func IsCategory(title string) bool {
	namespace, _, found := splitNamespace(title)
	return found && categoryNamespaces[namespace]
}

// ArticleOf returns the article to which a link with that target leads, or "" if it leads elsewhere: to a section of
// the same page, to a page of another namespace, such as help or users, or to another wiki or language. A first colon
// says that a link to a file, a category or another language is shown as one.
func ArticleOf(target string) string {
	target = strings.TrimLeft(strings.TrimPrefix(strings.TrimSpace(target), ":"), " _")
	namespace, _, found := splitNamespace(target)
	switch {
	case strings.HasPrefix(target, "#"):
		return ""
	case !found:
		return target
	case fileNamespaces[namespace], categoryNamespaces[namespace], otherNamespaces[namespace], otherWikis[namespace]:
		return ""
	}
	return target
}

// splitNamespace splits a title at its first colon. The namespace is in lower case.
func splitNamespace(title string) (namespace, name string, found bool) {
	namespace, name, found = strings.Cut(title, ":")
	if !found {
		return "", title, false
	}
	return foldNamespace(namespace), NormalizeSpace(strings.ReplaceAll(name, "_", " ")), true
}

// foldNamespace returns the name of a namespace as the sets of names have it.
func foldNamespace(name string) string {
	return strings.ToLower(NormalizeSpace(strings.ReplaceAll(name, "_", " ")))
}
