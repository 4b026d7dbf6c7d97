#include "session/eonay-words.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/eonay-text-class.h"

#define NATIONAL_ID_DIGITS 11
#define SHOWN_EACH_END 2

const char *
eonay_words_operation (EonayOperation operation)
{
  switch (operation)
    {
    case EONAY_OPERATION_LOGIN:
      return _ ("Sign in to the portal with e-signature");
    case EONAY_OPERATION_E_ONAY:
      return _ ("Give E-Onay");
    case EONAY_OPERATION_E_ONAY_CANCEL:
      return _ ("Cancel E-Onay");
    case EONAY_OPERATION_APPLICATION:
      return _ ("Certificate application");
    case EONAY_OPERATION_SUSPEND:
      return _ ("Suspend the certificate");
    case EONAY_OPERATION_UNSUSPEND:
      return _ ("End the suspension");
    case EONAY_OPERATION_REVOKE:
      return _ ("Revoke the certificate");
    case EONAY_OPERATION_UPDATE_DETAILS:
      return _ ("Update details");
    case EONAY_OPERATION_UNBLOCK:
      return _ ("Unblock the card");
    default:
      g_return_val_if_reached ("");
    }
}

static char *
format_local (GDateTime *time, const char *format)
{
  g_autoptr (GDateTime) local = g_date_time_to_local (time);

  return g_date_time_format (local, format);
}

char *
eonay_words_time (GDateTime *time)
{
  g_return_val_if_fail (time != NULL, NULL);

  return format_local (time, "%d.%m.%Y %H:%M:%S");
}

char *
eonay_words_date (GDateTime *time)
{
  g_return_val_if_fail (time != NULL, NULL);

  return format_local (time, "%d.%m.%Y");
}

char *
eonay_words_hexadecimal (GBytes *bytes)
{
  GString *text;
  gsize length;
  const guint8 *data;

  g_return_val_if_fail (bytes != NULL, NULL);

  data = g_bytes_get_data (bytes, &length);
  text = g_string_sized_new (2 * length + 1);
  for (gsize i = 0; i < length; i++)
    g_string_append_printf (text, "%02x", data[i]);

  return g_string_free (text, FALSE);
}

static gboolean
is_separator (gunichar c)
{
  return g_unichar_isspace (c) || g_unichar_type (c) == G_UNICODE_DASH_PUNCTUATION ||
         eonay_text_class_of (c) == EONAY_TEXT_CLASS_FORMAT ||
         (c < 0x80 && strchr ("./", c) != NULL);
}

/* Of a number that may be written in groups: "100 000 001 46".
   Returns: how many characters of @text are one, from its beginning on; 0 if they are none */
static gsize
measure_national_id (const gunichar *text)
{
  char digits[NATIONAL_ID_DIGITS + 1] = "";
  gsize n = 0;
  gsize i = 0;

  while (n < NATIONAL_ID_DIGITS && text[i] != 0)
    {
      if (g_unichar_isdigit (text[i]))
        digits[n++] = (char) ('0' + g_unichar_digit_value (text[i]));
      else if (n == 0 || !is_separator (text[i]) || !g_unichar_isdigit (text[i - 1]))
        return 0;
      i++;
    }

  return n == NATIONAL_ID_DIGITS && !g_unichar_isdigit (text[i]) &&
                 eonay_certificate_is_national_id (digits)
             ? i
             : 0;
}

static void
mask_digits (gunichar *text, gsize length)
{
  guint n = 0;

  for (gsize i = 0; i < length; i++)
    if (g_unichar_isdigit (text[i]) && ++n > SHOWN_EACH_END &&
        n <= NATIONAL_ID_DIGITS - SHOWN_EACH_END)
      text[i] = '*';
}

char *
eonay_words_mask (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);
  g_autofree gunichar *masked = g_utf8_to_ucs4_fast (valid, -1, NULL);

  for (gsize i = 0; masked[i] != 0; i++)
    if (i == 0 || !g_unichar_isdigit (masked[i - 1]))
      mask_digits (masked + i, measure_national_id (masked + i));

  return g_ucs4_to_utf8 (masked, -1, NULL, NULL, NULL);
}

char *
eonay_words_driver (EonayToken *token)
{
  const char *module = eonay_token_get_backend (token);
  g_autofree char *file = module != NULL ? g_path_get_basename (module) : NULL;
  g_autofree char *shown = file != NULL ? eonay_text_class_make_name (file, -1) : NULL;

  /* TRANSLATORS: the PKCS#11 module that a card is used through, as "driver: libakisp11.so" */
  return shown != NULL ? g_strdup_printf (_ ("driver: %s"), shown) : NULL;
}

char *
eonay_words_card (EonayToken *token, EonayCertificate *certificate)
{
  g_autofree char *label = eonay_words_mask (eonay_token_get_label (token));
  const char *holder = certificate != NULL ? eonay_certificate_get_holder (certificate) : NULL;
  g_autofree char *driver = eonay_words_driver (token);

  /* Nothing follows without a driver. */
  return g_strjoin (" · ", holder != NULL ? holder : label, eonay_token_get_model (token), driver,
                    NULL);
}
