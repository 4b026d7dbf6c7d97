#include <libintl.h>
#include <string.h>

#include "portal/eonay-portal-unblock.h"
#include "support/window/eonay-appearance.h"
#include "support/window/eonay-window-fixture.h"

typedef struct {
  EonayWindowFixture fixture;
  EonayPortal *portal;
  EonayTransaction *transaction;
} Practice;

static void
keep_result (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static gboolean
has_result (gpointer user_data)
{
  return *(GAsyncResult **) user_data != NULL;
}

static void
begin (Practice *practice, int card)
{
  g_autofree char *code = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  eonay_practice_controller_insert (practice->fixture.controller, card);
  code = eonay_practice_controller_create_code (practice->fixture.controller, "unblock", &error);
  g_assert_no_error (error);
  practice->portal =
      eonay_portal_new (eonay_practice_controller_get_profile (practice->fixture.controller), NULL);
  eonay_portal_resolve_async (practice->portal, code, NULL, keep_result, &result);
  eonay_window_fixture_wait (has_result, &result);
  practice->transaction = eonay_portal_resolve_finish (practice->portal, result, &error);
  g_assert_no_error (error);
}

static void
end (Practice *practice)
{
  g_autoptr (GAsyncResult) result = NULL;

  eonay_portal_report_unblock_async (practice->portal, practice->transaction,
                                     EONAY_UNBLOCK_OUTCOME_CANCELLED, NULL, keep_result, &result);
  eonay_window_fixture_wait (has_result, &result);
  g_assert_true (eonay_portal_report_unblock_finish (practice->portal, result, NULL));
  g_clear_object (&practice->transaction);
  g_clear_object (&practice->portal);
}

static void
ask (Practice *practice)
{
  const char *word = eonay_practice_controller_get_security_word (practice->fixture.controller);
  const char *serial = eonay_transaction_get_card_hint (practice->transaction);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (EonayPortalSms) sms = NULL;

  eonay_portal_unblock_async (practice->portal, practice->transaction, serial,
                              eonay_secret_new (word, strlen (word)), NULL, keep_result, &result);
  eonay_window_fixture_wait (has_result, &result);
  sms = eonay_portal_unblock_finish (practice->portal, result, &error);
  g_assert_no_error (error);
}

static gboolean
is_shown (Practice *practice, const char *label)
{
  return eonay_window_fixture_find (GTK_WIDGET (practice->fixture.window), GTK_TYPE_LABEL, label) !=
         NULL;
}

static char *
message_of (Practice *practice)
{
  const char *sms_code = eonay_practice_controller_get_sms (practice->fixture.controller);

  return sms_code == NULL ? NULL : g_strdup_printf (gettext ("SMS: %s"), sms_code);
}

static void
test_phone (void)
{
  Practice practice = { 0 };
  g_autofree char *word = g_strdup_printf (gettext ("Practice security word: %s"),
                                           EONAY_PRACTICE_SECURITY_WORD);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  eonay_window_fixture_open (&practice.fixture, 360, 640);
  g_assert_false (is_shown (&practice, word));

  begin (&practice, EONAY_PRACTICE_CARD_BLOCKED);
  g_assert_cmpstr (eonay_transaction_get_card_hint (practice.transaction), ==, "de0e5e0000000004");
  g_assert_true (is_shown (&practice, word));
  g_assert_null (eonay_practice_controller_get_sms (practice.fixture.controller));

  ask (&practice);
  first = message_of (&practice);
  g_assert_true (is_shown (&practice, first));

  ask (&practice);
  second = message_of (&practice);
  g_assert_true (is_shown (&practice, second));

  end (&practice);
  g_assert_false (is_shown (&practice, word));
  g_assert_false (is_shown (&practice, second));
  eonay_window_fixture_close (&practice.fixture);
}

static void
test_pictures (gconstpointer user_data)
{
  const EonayAppearance *appearance = user_data;
  g_autofree char *name = g_strdup_printf ("40-practice-phone-%s", appearance->name);
  Practice practice = { 0 };

  eonay_appearance_set (appearance);
  eonay_window_fixture_open (&practice.fixture, appearance->width, appearance->height);
  begin (&practice, EONAY_PRACTICE_CARD_VALID);
  ask (&practice);
  eonay_window_fixture_save_picture (GTK_WIDGET (practice.fixture.window), name);
  end (&practice);
  eonay_window_fixture_close (&practice.fixture);
}

int
main (int argc, char *argv[])
{
  eonay_window_fixture_init (&argc, &argv);
  g_test_add_func ("/window/phone/comes-and-goes", test_phone);
  for (guint i = 0; eonay_appearance_get (i) != NULL; i++)
    {
      g_autofree char *path = g_strconcat ("/window/phone/pictures/",
                                           eonay_appearance_get (i)->name, NULL);

      g_test_add_data_func (path, eonay_appearance_get (i), test_pictures);
    }

  return g_test_run ();
}
