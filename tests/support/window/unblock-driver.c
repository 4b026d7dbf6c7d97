#include "unblock-driver.h"

#include <libintl.h>

#include "app/pin/eonay-secret-row.h"
#include "app/sign/eonay-code-page.h"
#include "app/unblock/eonay-unblock-dialog.h"

GtkWidget *
unblock_driver_find (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (EONAY_IS_UNBLOCK_DIALOG (window) && gtk_widget_get_visible (window))
        return window;
    }

  return NULL;
}

GtkWidget *
unblock_driver_open (EonayWindowFixture *fixture)
{
  eonay_practice_controller_insert (fixture->controller, EONAY_PRACTICE_CARD_BLOCKED);
  eonay_window_fixture_act (fixture, "unblock-portal");
  g_assert_nonnull (unblock_driver_find ());

  return unblock_driver_find ();
}

typedef struct {
  GtkWidget *dialog;
  GType type;
  const char *words;
} Wanted;

static gboolean
is_shown (gpointer user_data)
{
  Wanted *wanted = user_data;

  return eonay_window_fixture_find (wanted->dialog, wanted->type, wanted->words) != NULL;
}

void
unblock_driver_await (GtkWidget *dialog, const char *words)
{
  Wanted wanted = { dialog, GTK_TYPE_LABEL, words };

  g_test_message ("waiting for: %s", words);
  eonay_window_fixture_wait (is_shown, &wanted);
}

void
unblock_driver_press (GtkWidget *dialog, const char *label)
{
  GtkWidget *button = eonay_window_fixture_find (dialog, GTK_TYPE_BUTTON, label);

  g_assert_nonnull (button);
  g_assert_true (gtk_widget_get_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
}

static void
type_into (GtkWidget *widget, const char *text)
{
  if (!gtk_widget_get_child_visible (widget) || !gtk_widget_get_visible (widget))
    return;
  if (EONAY_IS_SECRET_ROW (widget))
    {
      gtk_editable_set_text (GTK_EDITABLE (widget), text);
      return;
    }

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    type_into (child, text);
}

void
unblock_driver_type (GtkWidget *dialog, const char *text)
{
  type_into (dialog, text);
}

void
unblock_driver_enter_code (EonayWindowFixture *fixture, GtkWidget *dialog,
                           const EonayPracticeUnblockWish *wish, const char *fault)
{
  EonayPracticePortal *portal =
      eonay_practice_get_portal (eonay_window_fixture_get_practice (fixture));
  GtkWidget *page = eonay_window_fixture_find (dialog, EONAY_TYPE_CODE_PAGE, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *code = eonay_practice_portal_create_unblock (portal, 285, wish, fault, &error);

  g_assert_no_error (error);
  eonay_code_page_set_text (EONAY_CODE_PAGE (page), code);
  unblock_driver_press (dialog, gettext ("_Continue"));
}

void
unblock_driver_word (EonayWindowFixture *fixture, GtkWidget *dialog)
{
  unblock_driver_await (dialog, gettext ("Security word"));
  unblock_driver_type (dialog, eonay_practice_controller_get_security_word (fixture->controller));
  unblock_driver_press (dialog, gettext ("Co_ntinue"));
}

void
unblock_driver_sms (EonayWindowFixture *fixture, GtkWidget *dialog)
{
  unblock_driver_await (dialog, gettext ("SMS code"));
  unblock_driver_type (dialog, eonay_practice_controller_get_sms (fixture->controller));
  unblock_driver_press (dialog, gettext ("Co_ntinue"));
}

void
unblock_driver_new_pin (GtkWidget *dialog, const char *pin)
{
  unblock_driver_await (dialog, gettext ("What the new PIN has to be like:"));
  unblock_driver_type (dialog, pin);
  unblock_driver_press (dialog, gettext ("_Unblock"));
}
