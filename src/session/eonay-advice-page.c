#include "session/eonay-advice-page.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#include "session/eonay-advice.h"

typedef struct {
  const char *name;
  const char *about;
} Family;

/* A family that is not here is told of by the test. */
static const Family families[] = {
  { "KART", N_ ("Reader, card, card service and PKCS#11 modules. Ask which reader and which card; "
                "Diagnostics shows them.") },
  { "PIN", N_ ("PIN and PUK. Ask for the tries left, never for the PIN or the PUK itself.") },
  { "KILIT", N_ ("Unblocking a card.") },
  { "KOD", N_ ("The verification code and its time. A new code from the web page helps nearly "
               "always.") },
  { "METIN", N_ ("The text that is to be signed, and whether it can be shown whole.") },
  { "SAYFA", N_ ("The pages of a PDF document. Ask where the document came from.") },
  { "IMZA", N_ ("Certificate and signature. Ask which certificate was chosen and when it "
                "ends.") },
  { "PDF", N_ ("A PDF that was to be signed. Ask where it came from and which program made it.") },
  { "AG", N_ ("Network: internet connection, proxy, the computer’s date, the server’s "
              "identity.") },
  { "PORTAL", N_ ("The portal and what it answers. Ask for the time and the portal’s name.") },
  { "PROFIL", N_ ("A portal profile that was to be added.") },
  { "GECMIS", N_ ("The list of signatures on this computer. Signing itself goes on without "
                  "it.") },
  { "DOSYA", N_ ("Own files: reading them, and saving what was signed.") },
  { "GENEL", N_ ("Everything else: files and the computer itself.") },
};

static int
compare (gconstpointer a, gconstpointer b)
{
  const EonayAdviceRow *const *one = a;
  const EonayAdviceRow *const *other = b;

  return strcmp ((*one)->short_code, (*other)->short_code);
}

/* Returns: (transfer container) (element-type EonayAdviceRow): in the order of their numbers */
static GPtrArray *
list_rows (const char *family)
{
  GPtrArray *rows = g_ptr_array_new ();
  const EonayAdviceRow *row;
  g_autofree char *prefix = g_strconcat (family, "-", NULL);

  for (guint i = 0; (row = eonay_advice_row_get (i)) != NULL; i++)
    if (g_str_has_prefix (row->short_code, prefix))
      g_ptr_array_add (rows, (gpointer) row);
  g_ptr_array_sort (rows, compare);

  return rows;
}

static char *
describe (const EonayAdviceRow *row)
{
  return row->domain == NULL ? g_strdup_printf (_ ("Something unexpected went wrong: %s."), "…")
                             : g_strdup (_ (row->what));
}

static void
write_family (GString *page, const Family *family)
{
  g_autoptr (GPtrArray) rows = list_rows (family->name);

  g_string_append_printf (page, "\n## %s\n\n%s\n\n", family->name, _ (family->about));
  g_string_append_printf (page, "| %s | %s | %s |\n|---|---|---|\n", _ ("Code"),
                          _ ("What happened"), _ ("What to do"));
  for (guint i = 0; i < rows->len; i++)
    {
      const EonayAdviceRow *row = rows->pdata[i];
      g_autofree char *what = describe (row);

      g_string_append_printf (page, "| %s | %s | %s |\n", row->short_code, what, _ (row->remedy));
    }
}

char *
eonay_advice_page_write (void)
{
  GString *page = g_string_new ("# ");

  g_string_append (page, _ ("e-Onay: error codes"));
  g_string_append (page, "\n\n");
  g_string_append (page,
                   _ ("An error that stops what was begun has a short code for the "
                      "telephone. Hints have none: of a field about length or characters, of a "
                      "row that says what is missing (its code is in Diagnostics), and notices "
                      "that go away by themselves. A code never changes its meaning. Where a "
                      "number is known, such as the tries left, the screen says it, too."));
  g_string_append (page, "\n");
  for (gsize i = 0; i < G_N_ELEMENTS (families); i++)
    write_family (page, &families[i]);

  return g_string_free (page, FALSE);
}

/* Returns: (transfer full): "kilit" and "KİLİT" alike as "KILIT", whatever the locale */
static char *
fold (const char *text)
{
  g_autofree char *upper = g_utf8_strup (text, -1);

  return g_str_to_ascii (upper, "C");
}

/* "kart 7" → "KART-07" */
static char *
complete (const char *code)
{
  g_autofree char *upper = g_utf8_validate (code, -1, NULL) ? fold (code) : g_strdup ("");
  gsize letters = strspn (upper, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
  const char *digits = upper + letters + strspn (upper + letters, " -");

  if (letters == 0 || *digits == '\0' || strspn (digits, "0123456789") != strlen (digits) ||
      strlen (digits) > 2)
    return NULL;

  return g_strdup_printf ("%.*s-%02d", (int) letters, upper, atoi (digits));
}

char *
eonay_advice_page_find (const char *code)
{
  g_autofree char *wanted = complete (code);

  for (gsize i = 0; wanted != NULL && i < G_N_ELEMENTS (families); i++)
    {
      g_autoptr (GPtrArray) rows = list_rows (families[i].name);

      for (guint j = 0; j < rows->len; j++)
        {
          const EonayAdviceRow *row = rows->pdata[j];
          g_autofree char *what = describe (row);

          if (g_str_equal (row->short_code, wanted))
            return g_strdup_printf ("%s: %s\n%s\n%s\n", wanted, what, _ (row->remedy),
                                    _ (families[i].about));
        }
    }

  return NULL;
}
