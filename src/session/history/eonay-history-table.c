#include "session/history/eonay-history-table.h"

#include <glib/gi18n-lib.h>
#include <locale.h>
#include <string.h>

#define BYTE_ORDER_MARK "\xef\xbb\xbf"

const char *
eonay_history_column_describe (EonayHistoryColumn column)
{
  switch (column)
    {
    case EONAY_HISTORY_COLUMN_TIME:
      return _ ("Signed at");
    case EONAY_HISTORY_COLUMN_OPERATION:
      return _ ("Operation");
    case EONAY_HISTORY_COLUMN_PORTAL:
      return _ ("Portal");
    case EONAY_HISTORY_COLUMN_PORTAL_ID:
      return _ ("Portal’s short name");
    case EONAY_HISTORY_COLUMN_DOCUMENT:
      return _ ("Document");
    case EONAY_HISTORY_COLUMN_DIGEST:
      return _ ("SHA-256 digest");
    case EONAY_HISTORY_COLUMN_SERIAL:
      return _ ("Certificate serial number");
    case EONAY_HISTORY_COLUMN_ISSUER:
      return _ ("Certificate issuer");
    case EONAY_HISTORY_COLUMN_OUTCOME:
      return _ ("Outcome");
    case EONAY_HISTORY_COLUMN_CODE:
      return _ ("Error code");
    case EONAY_HISTORY_COLUMN_RECEIPT:
      return _ ("Receipt");
    default:
      g_return_val_if_reached ("");
    }
}

char *
eonay_history_column_read (EonayHistoryColumn column, EonayHistoryEntry *entry)
{
  switch (column)
    {
    case EONAY_HISTORY_COLUMN_TIME:
      return eonay_history_entry_describe_time (entry);
    case EONAY_HISTORY_COLUMN_OPERATION:
      return g_strdup (eonay_history_entry_describe_operation (entry));
    case EONAY_HISTORY_COLUMN_PORTAL:
      return g_strdup (entry->portal_name);
    case EONAY_HISTORY_COLUMN_PORTAL_ID:
      return g_strdup (entry->portal_id);
    case EONAY_HISTORY_COLUMN_DOCUMENT:
      return eonay_history_entry_describe_document (entry);
    case EONAY_HISTORY_COLUMN_DIGEST:
      return g_strdup (entry->digest);
    case EONAY_HISTORY_COLUMN_SERIAL:
      return g_strdup (entry->serial);
    case EONAY_HISTORY_COLUMN_ISSUER:
      return g_strdup (entry->issuer);
    case EONAY_HISTORY_COLUMN_OUTCOME:
      return g_strdup (eonay_history_outcome_describe (entry->outcome));
    case EONAY_HISTORY_COLUMN_CODE:
      return g_strdup (entry->code != NULL ? entry->code : "");
    case EONAY_HISTORY_COLUMN_RECEIPT:
      return g_strdup (entry->receipt != NULL ? entry->receipt : "");
    default:
      g_return_val_if_reached (g_strdup (""));
    }
}

static void
append_field (GString *csv, const char *text)
{
  g_string_append_c (csv, '"');
  if (text[0] != '\0' && strchr ("=+-@\t\r\n", text[0]) != NULL)
    g_string_append_c (csv, '\'');
  for (const char *at = text; *at != '\0'; at++)
    {
      if (*at == '"')
        g_string_append_c (csv, '"');
      g_string_append_c (csv, *at);
    }
  g_string_append_c (csv, '"');
}

static char
find_separator (void)
{
  return g_strcmp0 (localeconv ()->decimal_point, ",") == 0 ? ';' : ',';
}

GBytes *
eonay_history_to_csv (GPtrArray *entries)
{
  g_autoptr (GString) csv = g_string_new (BYTE_ORDER_MARK);
  const char separator = find_separator ();

  for (guint column = 0; column < EONAY_HISTORY_N_COLUMNS; column++)
    {
      if (column > 0)
        g_string_append_c (csv, separator);
      append_field (csv, eonay_history_column_describe (column));
    }
  g_string_append (csv, "\r\n");

  for (guint i = 0; i < entries->len; i++)
    {
      for (guint column = 0; column < EONAY_HISTORY_N_COLUMNS; column++)
        {
          g_autofree char *text = eonay_history_column_read (column, entries->pdata[i]);

          if (column > 0)
            g_string_append_c (csv, separator);
          append_field (csv, text);
        }
      g_string_append (csv, "\r\n");
    }

  return g_string_free_to_bytes (g_steal_pointer (&csv));
}
