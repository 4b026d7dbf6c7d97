#include "session/diagnosis/eonay-helpdesk-line.h"

#include <glib/gi18n-lib.h>

#include "base/eonay-text-class.h"
#include "eonay-config.h"
#include "session/diagnosis/eonay-report-redaction.h"

#define SEPARATOR " · "

/* More than anybody reads out. */
#define READERS_MAX 4

/* A module says of its tokens what it likes. */
static const char *
describe_token (EonayToken *token)
{
  return eonay_token_get_backend (token) != NULL ? EONAY_REPORT_REDACTION_MODULE
                                                 : eonay_token_get_model (token);
}

static const char *
describe_card (EonayReader *reader)
{
  EonayToken *token = eonay_reader_get_token (reader);

  if (token != NULL)
    return describe_token (token);

  switch (eonay_reader_get_state (reader))
    {
    case EONAY_READER_READING:
      return _ ("Reading the card…");
    case EONAY_READER_UNSUPPORTED:
      return _ ("The card is not recognised");
    case EONAY_READER_FAILED:
      return _ ("The card cannot be read");
    case EONAY_READER_EMPTY:
    case EONAY_READER_READY:
    default:
      return _ ("No card");
    }
}

static char *
make_harmless (const char *text)
{
  g_autofree char *redacted = eonay_report_redaction_apply_own (text);

  return eonay_text_class_make_line (redacted, -1);
}

/* What a module calls a slot may be whatever its maker thought of, a holder's name too. */
static char *
describe_reader (EonayReader *reader)
{
  g_autofree char *card = make_harmless (describe_card (reader));
  g_autofree char *name = NULL;

  if (eonay_reader_is_module (reader))
    return g_steal_pointer (&card);

  name = eonay_report_redaction_apply_reader (eonay_reader_get_name (reader));

  return g_strdup_printf ("%s: %s", name, card);
}

char *
eonay_helpdesk_line_write (const char *code, EonayReaderList *readers)
{
  GString *line = g_string_new (NULL);
  guint n_readers = readers != NULL ? g_list_model_get_n_items (G_LIST_MODEL (readers)) : 0;

  if (code != NULL)
    g_string_append_printf (line, "%s" SEPARATOR, code);
  g_string_append (line, "e-Onay " EONAY_VERSION);
  for (guint i = 0; i < MIN (n_readers, READERS_MAX); i++)
    {
      g_autoptr (EonayReader) reader = g_list_model_get_item (G_LIST_MODEL (readers), i);
      g_autofree char *described = describe_reader (reader);

      g_string_append_printf (line, SEPARATOR "%s", described);
    }

  return g_string_free (line, FALSE);
}
