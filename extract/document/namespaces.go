package document

import (
	"strings"
)

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

// namespaceSet returns the names of all languages. A name of two words has an underscore between them.
func namespaceSet(byLanguage map[string]string) map[string]bool {
	names := map[string]bool{}
	for _, of := range byLanguage {
		for _, name := range strings.Fields(of) {
			names[strings.ReplaceAll(name, "_", " ")] = true
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

// splitNamespace splits a title at its first colon. The namespace is in lower case.
func splitNamespace(title string) (namespace, name string, found bool) {
	namespace, name, found = strings.Cut(title, ":")
	if !found {
		return "", title, false
	}
	namespace = strings.ToLower(NormalizeSpace(strings.ReplaceAll(namespace, "_", " ")))
	return namespace, NormalizeSpace(strings.ReplaceAll(name, "_", " ")), true
}
