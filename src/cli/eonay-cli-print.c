#include "cli/eonay-cli-print.h"

#include "base/eonay-text-class.h"
#include "session/eonay-advice.h"

char *
eonay_cli_print_make_time (GDateTime *time)
{
  gboolean utc = g_date_time_get_utc_offset (time) == 0;
  g_autofree char *rest = g_date_time_format (time, utc ? "%m-%dT%H:%M:%SZ" : "%m-%dT%H:%M:%S%:z");

  /* g_date_time_format_iso8601() omits the minutes of +03:00, and %Y the leading zeros of a year.
     */
  return g_strdup_printf ("%04d-%s", g_date_time_get_year (time), rest);
}

void
eonay_cli_print_error (const GError *error)
{
  eonay_cli_print_error_exactly (error, NULL);
}

void
eonay_cli_print_error_exactly (const GError *error, const char *exactly)
{
  g_autoptr (EonayAdvice) advice = NULL;
  g_autofree char *what = NULL;

  if (error->domain == G_OPTION_ERROR)
    {
      g_printerr ("eonay-cli: %s\n", error->message);
      return;
    }

  advice = eonay_advice_new (error);
  what = eonay_cli_print_clean (exactly != NULL ? exactly : advice->what);
  g_printerr ("%s: %s %s\n", advice->code, what, advice->remedy);
}

char *
eonay_cli_print_clean (const char *text)
{
  return eonay_text_class_make_line (text, -1);
}
