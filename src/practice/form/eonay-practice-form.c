#include "practice/form/eonay-practice-form.h"

#include "practice/form/eonay-practice-sheet.h"

#define HOLDER_NAME "AYŞE"
#define HOLDER_SURNAME "DENEME"
#define HOLDER_ID "10000000146"
#define SECURITY_WORD "GİZLİSÖZ"
#define MASK "•"
#define NUMBER_MODULUS 100000000u

typedef struct {
  const char *national_id;
  const char *security_word;
} Applicant;

typedef void (*Draw) (EonayPracticeSheet *sheet, const Applicant *applicant);

char *
eonay_practice_form_mask (const char *word)
{
  glong length = g_utf8_strlen (word, -1);
  GString *masked = g_string_new (NULL);

  for (glong i = 0; i < length; i++)
    {
      const char *at = g_utf8_offset_to_pointer (word, i);

      if (i == 0 || i == length - 1)
        g_string_append_unichar (masked, g_utf8_get_char (at));
      else
        g_string_append (masked, MASK);
    }

  return g_string_free (masked, FALSE);
}

static void
draw_reason (EonayPracticeSheet *sheet)
{
  static const char *const reasons[] = { "İlk", "Yenileme", "Kayıp / Çalıntı", "Diğer", NULL };
  static const char *const readers[] = { "USB, kart boyu", "USB, mini", "İstemiyorum", NULL };
  static const char *const periods[] = { "1 yıl", "2 yıl", "3 yıl", NULL };

  eonay_practice_sheet_add_section (sheet, "1. Başvuru bilgileri");
  eonay_practice_sheet_add_choices (sheet, "Başvuru nedeni", reasons, 1);
  eonay_practice_sheet_add_choices (sheet, "Kart okuyucu tipi", readers, 0);
  eonay_practice_sheet_add_choices (sheet, "Sertifika süresi", periods, 2);
}

static void
draw_identity (EonayPracticeSheet *sheet, const Applicant *applicant)
{
  g_autofree char *masked = eonay_practice_form_mask (applicant->security_word);
  const EonayPracticeSheetField names[] = {
    { 4, "Kimlik no", applicant->national_id },
    { 4, "Ad", HOLDER_NAME },
    { 4, "Soyad", HOLDER_SURNAME },
  };
  const EonayPracticeSheetField birth[] = {
    { 4, "Doğum yeri", "Ankara" },
    { 4, "Doğum tarihi", "01.01.1985" },
    { 4, "Güvenlik sözcüğü (ilk ve son karakteri)", masked },
  };

  eonay_practice_sheet_add_section (sheet, "2. Kimlik bilgileri");
  eonay_practice_sheet_add_fields (sheet, names, G_N_ELEMENTS (names));
  eonay_practice_sheet_add_fields (sheet, birth, G_N_ELEMENTS (birth));
}

static void
draw_institution (EonayPracticeSheet *sheet)
{
  static const EonayPracticeSheetField institution[] = {
    { 8, "Kurum adı", "Deneme İlçe Millî Eğitim Müdürlüğü" },
    { 4, "Kurum sicil no", "DENEME-4711" },
  };
  static const EonayPracticeSheetField unit[] = {
    { 8, "Çalıştığı birim", "Deneme Ortaokulu" },
    { 4, "Unvan", "Öğretmen" },
  };

  eonay_practice_sheet_add_section (sheet, "3. Kurum bilgileri");
  eonay_practice_sheet_add_fields (sheet, institution, G_N_ELEMENTS (institution));
  eonay_practice_sheet_add_fields (sheet, unit, G_N_ELEMENTS (unit));
}

static void
draw_contact (EonayPracticeSheet *sheet)
{
  static const char *const channels[] = { "E-posta", "SMS", "Her ikisi", NULL };
  static const EonayPracticeSheetField address[] = {
    { 12, "Adres", "Deneme Mahallesi, Örnek Sokak No: 1 Daire: 2" },
  };
  static const EonayPracticeSheetField place[] = {
    { 4, "İl", "Ankara" },
    { 4, "İlçe", "Çankaya" },
    { 4, "Posta kodu", "06000" },
  };
  static const EonayPracticeSheetField phones[] = {
    { 4, "İş tel / Dahili", "0312 000 00 00 / 1234" },
    { 4, "Cep tel", "0500 000 00 00" },
    { 4, "Operatör", "Deneme Mobil" },
  };
  static const EonayPracticeSheetField others[] = {
    { 8, "E-posta", "ayse.deneme@posta.example" },
    { 4, "Ev tel", NULL },
  };

  eonay_practice_sheet_add_section (sheet, "4. İletişim bilgileri");
  eonay_practice_sheet_add_fields (sheet, address, G_N_ELEMENTS (address));
  eonay_practice_sheet_add_fields (sheet, place, G_N_ELEMENTS (place));
  eonay_practice_sheet_add_fields (sheet, phones, G_N_ELEMENTS (phones));
  eonay_practice_sheet_add_fields (sheet, others, G_N_ELEMENTS (others));
  eonay_practice_sheet_add_choices (sheet, "Bilgi kanalı", channels, 2);
}

static void
draw_articles (EonayPracticeSheet *sheet, const char *const *articles, gsize n_articles)
{
  for (guint i = 0; i < n_articles; i++)
    {
      g_autofree char *mark = g_strdup_printf ("%u.", i + 1);

      eonay_practice_sheet_add_paragraph (sheet, mark, articles[i]);
    }
}

static void
draw_signature (EonayPracticeSheet *sheet)
{
  eonay_practice_sheet_add_signature (
      sheet, HOLDER_NAME " " HOLDER_SURNAME,
      "E-imzalı başvuruda bu belge kart ile imzalanır; imza belgenin içindedir, bu alan boş "
      "kalır.\n\nIslak imzalı başvuruda belge basılır, bu alan mavi mürekkepli kalemle "
      "imzalanır.");
}

static void
draw_application (EonayPracticeSheet *sheet, const Applicant *applicant)
{
  static const char *const notes[] = {
    "Ad, soyad ve kimlik numarası nüfus kaydındaki gibi yazılır. Kimlik bilgileri ile kayıt "
    "arasında fark olan başvurular işleme alınmaz.",
    "Güvenlik sözcüğü, kart kendini kilitlediğinde başvuru sahibini tanımak için sorulur. Bu "
    "formda yalnız ilk ve son karakteri görünür; sözcüğün tamamı hiçbir belgede yer almaz.",
    "Sertifikanın süresi dolmadan en az 25 gün önce yapılan yenileme başvurusunda yeni sertifika "
    "aynı bilgilerle düzenlenir. Değişen bilgi varsa başvuru nedeni olarak “Diğer” seçilir.",
    "Bildirimler seçilen bilgi kanalından gönderilir. Cep telefonu ya da e-posta adresi "
    "değişirse yeni bilgi portaldan güncellenir.",
    "Kart ve PIN ayrı zarflarda ulaşır. PIN kimseyle paylaşılmaz; PIN’i soran bir telefon ya da "
    "e-posta gerçek değildir.",
  };
  static const char statement[] =
      "Bu formda verdiğim bilgilerin doğru olduğunu, bunlara dayanılarak adıma nitelikli elektronik "
      "sertifika düzenlenmesini istediğimi ve formun ekindeki taahhütnameyi okuduğumu beyan ederim.";

  draw_reason (sheet);
  draw_identity (sheet, applicant);
  draw_institution (sheet);
  draw_contact (sheet);
  eonay_practice_sheet_add_section (sheet, "5. Açıklamalar");
  for (guint i = 0; i < G_N_ELEMENTS (notes); i++)
    eonay_practice_sheet_add_paragraph (sheet, "–", notes[i]);
  eonay_practice_sheet_add_section (sheet, "6. Beyan");
  eonay_practice_sheet_add_paragraph (sheet, NULL, statement);
  draw_signature (sheet);
}

static void
draw_undertaking (EonayPracticeSheet *sheet, const Applicant *applicant)
{
  static const char *const duties[] = {
    "Başvuruda verdiğim bilgiler doğrudur. Sertifikada yer alan bir bilgim değişirse bunu "
    "gecikmeden bildiririm ve sertifikamı eski bilgilerle kullanmam.",
    "Kartımı başkasına vermem, ödünç bırakmam ve okuyucuda takılı unutmam. Kart yanımda değilken "
    "onunla imza atılmasına izin vermem.",
    "PIN ve PUK’u kimseye söylemem, kartın yanında bulundurmam ve başkasının bulabileceği bir yere "
    "yazmam. Bilindiğinden kuşkulanırsam PIN’i hemen değiştiririm.",
    "İmzalamadan önce belgenin bütününü okurum. Ekranda görmediğim ya da anlamadığım bir belgeyi "
    "imzalamam.",
    "Güvenli elektronik imzanın, 5070 sayılı Kanun’a göre elle atılan imza ile aynı hukuki sonucu "
    "doğurduğunu biliyorum.",
    "Kanunların resmî şekle ya da özel bir törene bağladığı işlemlerde ve teminat sözleşmelerinde "
    "sertifikamı kullanmam.",
    "Kartım kaybolur, çalınır ya da bozulursa sertifikamın askıya alınmasını veya iptal edilmesini "
    "hemen isterim. Bildirimimin ulaştığı ana kadar atılan imzaların sonuçları bana aittir.",
    "Sertifikamın süresi dolduğunda, askıya alındığında ya da iptal edildiğinde onunla imza "
    "atmam.",
    "Sertifikamda bir kullanım ya da tutar sınırı varsa bu sınıra uyarım.",
    "Kartıma ve içindeki anahtara zarar verecek, onu kopyalamayı amaçlayan hiçbir işlem yapmam.",
    "İmzamı, yalnız güvendiğim ve güncel tuttuğum bilgisayarlarda, kaynağını bildiğim "
    "programlarla atarım.",
  };
  static const char *const consents[] = {
    "Kimlik ve iletişim bilgilerimin sertifikanın düzenlenmesi, yenilenmesi ve iptali için "
    "işlenmesini; başvuru belgelerimin kanunda öngörülen süre boyunca saklanmasını kabul ederim.",
    "Sertifikamın durumunun (geçerli, askıda, iptal) imzamı doğrulayan herkese açık olduğunu "
    "biliyorum.",
    "Sertifikamın herkese açık bir dizinde yayımlanmasını istemiyorum.",
    "Bildirimlerin e-posta ve SMS ile yapılmasını kabul ederim.",
    "Sertifika hizmet sağlayıcısının ilke ve uygulama esaslarına ulaştım ve bunları okudum.",
  };
  const EonayPracticeSheetField names[] = {
    { 4, "Kimlik no", applicant->national_id },
    { 8, "Ad, soyad", HOLDER_NAME " " HOLDER_SURNAME },
  };

  eonay_practice_sheet_add_section (sheet, "Sertifika sahibi");
  eonay_practice_sheet_add_fields (sheet, names, G_N_ELEMENTS (names));
  eonay_practice_sheet_add_section (sheet, "A. Yükümlülüklerim");
  draw_articles (sheet, duties, G_N_ELEMENTS (duties));
  eonay_practice_sheet_add_section (sheet, "B. Bilgilerim ve onaylarım");
  draw_articles (sheet, consents, G_N_ELEMENTS (consents));
  eonay_practice_sheet_add_paragraph (
      sheet, NULL,
      "Yukarıdaki maddeleri okudum, anladım ve bunlara uyacağımı kabul ve taahhüt ederim.");
  draw_signature (sheet);
}

static const struct {
  const char *title;
  const char *code;
  Draw draw;
} forms[] = {
  [EONAY_PRACTICE_FORM_APPLICATION] = { "NİTELİKLİ ELEKTRONİK SERTİFİKA BAŞVURU FORMU",
                                        "FORM-001-027", draw_application },
  [EONAY_PRACTICE_FORM_UNDERTAKING] = { "NİTELİKLİ ELEKTRONİK SERTİFİKA SAHİBİ TAAHHÜTNAMESİ",
                                        "FORM-001-042", draw_undertaking },
};

static GBytes *
draw (EonayPracticeFormKind kind, const EonayPracticeSheetHead *head, const Applicant *applicant,
      guint *n_pages, GError **error)
{
  g_autoptr (EonayPracticeSheet) sheet = eonay_practice_sheet_new (head, *n_pages, error);

  if (sheet == NULL)
    return NULL;

  forms[kind].draw (sheet, applicant);

  return eonay_practice_sheet_finish (sheet, n_pages, error);
}

GBytes *
eonay_practice_form_new (EonayPracticeFormKind kind, const EonayPracticeFormFacts *facts,
                         GError **error)
{
  g_autofree char *number = g_strdup_printf ("DENEME-%04d%08u",
                                             g_date_time_get_year (facts->created_at),
                                             g_str_hash (facts->transaction) % NUMBER_MODULUS);
  const EonayPracticeSheetHead head = {
    .title = forms[kind].title,
    .code = forms[kind].code,
    .number = number,
    .created_at = facts->created_at,
  };
  const Applicant applicant = {
    .national_id = facts->national_id != NULL ? facts->national_id : HOLDER_ID,
    .security_word = facts->security_word != NULL ? facts->security_word : SECURITY_WORD,
  };
  g_autoptr (GBytes) counted = NULL;
  guint n_pages = 0;

  /* How many pages there are is known once they are laid out. */
  counted = draw (kind, &head, &applicant, &n_pages, error);

  return counted != NULL ? draw (kind, &head, &applicant, &n_pages, error) : NULL;
}
