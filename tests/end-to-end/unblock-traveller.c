/* The client's side of an unblocking, for a test that looks into its memory: unblocks a
   transaction of a practice portal and keeps nothing.

   Usage: unblock-traveller BASE_URL CA_FILE CODE CARD_SERIAL
   Reads the security word, then the SMS code, a line each, and prints what came of them; then
   waits for a last line. With "keep " before it, a secret is kept for the test to find. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "portal/eonay-portal-unblock.h"

static char *kept[3];
static guint n_kept;

static void
keep_result (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static GAsyncResult *
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return *result;
}

static EonaySecret *
read_secret (void)
{
  static const char keep[] = "keep ";
  char line[EONAY_SECRET_MAX];
  gsize length = 0;
  gsize start = 0;
  EonaySecret *secret;

  while (length < sizeof line && read (STDIN_FILENO, &line[length], 1) == 1 && line[length] != '\n')
    length++;
  if (length >= strlen (keep) && memcmp (line, keep, strlen (keep)) == 0)
    {
      start = strlen (keep);
      g_assert (n_kept < G_N_ELEMENTS (kept));
      kept[n_kept++] = g_strndup (line + start, length - start);
    }

  secret = eonay_secret_new (line + start, length - start);
  explicit_bzero (line, sizeof line);

  return secret;
}

static void
say (gboolean done, GError *error)
{
  printf ("%s\n", done ? "done" : error->message);
  fflush (stdout);
  if (!done)
    exit (EXIT_FAILURE);
}

int
main (int argc, char *argv[])
{
  g_autoptr (EonayPortalProfile) profile = NULL;
  g_autoptr (EonayPortal) portal = NULL;
  g_autoptr (EonayTransaction) transaction = NULL;
  GAsyncResult *results[3] = { NULL };
  GError *error = NULL;

  g_assert (argc == 5);
  eonay_secret_init_heap ();
  profile = eonay_portal_profile_new ("deneme", "DENEME", argv[1], argv[2], TRUE, &error);
  portal = eonay_portal_new (profile, NULL);
  eonay_portal_resolve_async (portal, argv[3], NULL, keep_result, &results[0]);
  transaction = eonay_portal_resolve_finish (portal, wait_for (&results[0]), &error);
  say (transaction != NULL, error);

  {
    g_autoptr (EonayPortalSms) sms = NULL;

    eonay_portal_unblock_async (portal, transaction, argv[4], read_secret (), NULL, keep_result,
                                &results[1]);
    sms = eonay_portal_unblock_finish (portal, wait_for (&results[1]), &error);
    g_clear_object (&results[1]);
    say (sms != NULL, error);
  }

  {
    g_autoptr (EonaySecret) puk = NULL;

    eonay_portal_confirm_unblock_async (portal, transaction, read_secret (), NULL, keep_result,
                                        &results[2]);
    puk = eonay_portal_confirm_unblock_finish (portal, wait_for (&results[2]), &error);
    g_clear_object (&results[2]);
    /* Connections close in their own time. */
    while (g_main_context_iteration (NULL, FALSE))
      ;
    if (n_kept == 2 && puk != NULL)
      {
        gsize length;
        const char *digits = (const char *) eonay_secret_peek (puk, &length);

        kept[n_kept++] = g_strndup (digits, length);
      }
    say (puk != NULL, error);
  }

  eonay_secret_free (read_secret ());

  return EXIT_SUCCESS;
}
