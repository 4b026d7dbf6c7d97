#include "practice/portal/eonay-practice-text.h"

#include <string.h>

static const struct {
  const char *operation;
  const char *text;
} texts[] = {
  { "login", "Kullanıcı servislerine elektronik imzalı olarak girme işlemini onaylıyorum." },
  { "e-onay",
    "Kamu SM sistemleri üzerinden güvenilir bir şekilde elektronik onayımın alınması kaydıyla "
    "bundan sonra yapacağım NES başvurularımın, imzalı başvuru formu göndermeme gerek "
    "kalmaksızın işleme alınmasını KABUL EDİYORUM." },
  { "e-onay-cancel",
    "Kamu SM sistemleri üzerinden güvenilir bir şekilde elektronik onayımın alınması kaydıyla "
    "bundan sonra yapacağım NES başvurularımın, imzalı başvuru formu göndermeme gerek "
    "kalmaksızın işleme alınmasını KABUL ETMİYORUM." },
  { "application",
    "Ekteki başvuru formunda verdiğim bilgilerin doğru olduğunu beyan eder, başvurumun elektronik "
    "imzamla işleme alınmasını isterim." },
};

static void
spoil (GString *text, EonayPracticeFault fault)
{
  if (fault == EONAY_PRACTICE_FAULT_TEXT_NUL)
    g_string_append_len (text, "\0gizli\n", 7);
  else if (fault == EONAY_PRACTICE_FAULT_TEXT_BIDI)
    g_string_append (text, "\u202egizli\u202c\u2066metin\u2069\n");
  else if (fault == EONAY_PRACTICE_FAULT_NOT_UTF8)
    g_string_append (text, "\xfe\xe7\xf0\n");
}

GBytes *
eonay_practice_text_new (const char *operation, const char *transaction, GDateTime *created_at,
                         EonayPracticeFault fault)
{
  g_autofree char *time = g_date_time_format (created_at, "%d.%m.%Y %H:%M:%S");

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (g_str_equal (operation, texts[i].operation))
      {
        g_autoptr (GString) text = g_string_new (texts[i].text);

        /* The transaction's id keeps a signature from being used twice. */
        g_string_append_printf (text,
                                "\n\nDENEME: bu metni deneme portalı üretti, imzası geçersizdir.\n"
                                "İşlem: %s\nOluşturma Tarihi: %s\n",
                                transaction, time);
        spoil (text, fault);

        return g_string_free_to_bytes (g_steal_pointer (&text));
      }

  return NULL;
}
