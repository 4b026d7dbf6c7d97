#include "app/card/eonay-card-panel.h"
#include "app/card/eonay-card-view.h"
#include "app/card/eonay-reader-row.h"
#include "app/card/eonay-validity-row.h"
#include "app/pin/eonay-pin-group.h"
#include "app/pin/eonay-tries-row.h"
#include "app/widgets/eonay-card-words.h"
#include "card/pkcs11/eonay-pkcs11-token.h"
#include "support/window/eonay-fake-readers.h"
#include "support/window/eonay-window-fixture.h"

/* My Card alone, over readers of the test's own. */

typedef struct {
  EonayFakeReaders *fake_readers;
  EonayPracticePki *pki;
  GtkWidget *window;
  GtkWidget *view;
} Fixture;

static void
set_up (Fixture *it, gconstpointer user_data)
{
  static EonayPracticePki *pki;
  g_autoptr (EonayReaderList) readers = NULL;
  g_autoptr (GError) error = NULL;

  if (pki == NULL)
    pki = eonay_practice_pki_new (&error);
  g_assert_no_error (error);

  it->pki = pki;
  it->fake_readers = eonay_fake_readers_new ();
  it->view = g_object_new (EONAY_TYPE_CARD_VIEW, NULL);
  it->window = gtk_window_new ();
  readers = eonay_reader_list_new (EONAY_SLOT_SOURCE (it->fake_readers));
  eonay_card_view_set_readers (EONAY_CARD_VIEW (it->view), readers);
  gtk_window_set_default_size (GTK_WINDOW (it->window), 500, 700);
  gtk_window_set_child (GTK_WINDOW (it->window), it->view);
  gtk_window_present (GTK_WINDOW (it->window));
  eonay_window_fixture_settle (it->window);
}

static void
tear_down (Fixture *it, gconstpointer user_data)
{
  g_object_ref (it->view);
  gtk_window_destroy (GTK_WINDOW (it->window));
  g_assert_finalize_object (it->view);
  g_object_unref (it->fake_readers);
}

static void
insert (Fixture *it, const char *name, EonayPracticeCardKind kind)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EonayPracticeCard) card = eonay_practice_card_new (kind, it->pki, &error);

  g_assert_no_error (error);
  eonay_fake_readers_insert (it->fake_readers, name, card);
}

typedef struct {
  GtkWidget *root;
  GType type;
  const char *label;
  gboolean there;
} Wanted;

static gboolean
is_as_wanted (gpointer user_data)
{
  Wanted *wanted = user_data;

  return (eonay_window_fixture_find (wanted->root, wanted->type, wanted->label) != NULL) ==
         wanted->there;
}

static GtkWidget *
await (GtkWidget *root, GType type, const char *label)
{
  Wanted wanted = { root, type, label, TRUE };

  eonay_window_fixture_wait (is_as_wanted, &wanted);

  return eonay_window_fixture_find (root, type, label);
}

static void
await_gone (GtkWidget *root, GType type, const char *label)
{
  Wanted wanted = { root, type, label, FALSE };

  eonay_window_fixture_wait (is_as_wanted, &wanted);
}

static guint
count (GtkWidget *root, GType type)
{
  guint n = gtk_widget_get_visible (root) && G_TYPE_CHECK_INSTANCE_TYPE (root, type);

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += count (child, type);

  return n;
}

/* Each way of there being no card says what to do. */
static void
test_nothing_to_show (Fixture *it, gconstpointer user_data)
{
  await (it->view, GTK_TYPE_LABEL, "No card reader found");
  await (it->view, GTK_TYPE_LABEL, "KART-05");
  eonay_fake_readers_add (it->fake_readers, "One");
  await (it->view, GTK_TYPE_LABEL, "Insert your card");
  g_assert_null (eonay_window_fixture_find (it->view, GTK_TYPE_LABEL, "KART-05"));

  eonay_fake_readers_insert (it->fake_readers, "One", NULL);
  await (it->view, GTK_TYPE_LABEL, "The card is not recognised");
  await (it->view, GTK_TYPE_LABEL, "KART-11");
  g_assert_null (eonay_window_fixture_find (it->view, GTK_TYPE_BUTTON, "Try again"));
  eonay_fake_readers_pull (it->fake_readers, "One");
  await (it->view, GTK_TYPE_LABEL, "Insert your card");

  eonay_fake_readers_insert_mute (it->fake_readers, "One");
  await (it->view, GTK_TYPE_LABEL, "The card cannot be read");
  await (it->view, GTK_TYPE_BUTTON, "Try again");
  eonay_fake_readers_set_service (it->fake_readers, EONAY_SERVICE_MISSING);
  await (it->view, GTK_TYPE_LABEL, "The card service is not running");
  await (it->view, GTK_TYPE_LABEL, "KART-02");
}

/* "Try again" reads the card again: it answers now. */
static void
test_retry (Fixture *it, gconstpointer user_data)
{
  g_autoptr (EonayPracticeCard) card = NULL;
  GtkWidget *retry;

  eonay_fake_readers_add (it->fake_readers, "One");
  eonay_fake_readers_insert_mute (it->fake_readers, "One");
  retry = await (it->view, GTK_TYPE_BUTTON, "Try again");
  card = eonay_practice_card_new (EONAY_PRACTICE_CARD_VALID, it->pki, NULL);
  eonay_fake_readers_wake (it->fake_readers, "One", card);
  g_signal_emit_by_name (retry, "clicked");
  await (it->view, EONAY_TYPE_CARD_PANEL, NULL);
}

static void
test_valid (Fixture *it, gconstpointer user_data)
{
  GtkWidget *pin, *row;

  eonay_fake_readers_add (it->fake_readers, "One");
  insert (it, "One", EONAY_PRACTICE_CARD_VALID);
  pin = await (it->view, EONAY_TYPE_TRIES_ROW, "PIN: Tries left: 3 of 3");
  g_assert_false (gtk_widget_has_css_class (pin, "error"));
  await (it->view, EONAY_TYPE_TRIES_ROW, "PUK: Tries left: 3 of 3");
  g_assert_cmpuint (count (it->view, EONAY_TYPE_PIN_GROUP), ==, 1);
  g_assert_cmpuint (count (it->view, EONAY_TYPE_VALIDITY_ROW), ==, 2);

  row = eonay_window_fixture_find (it->view, EONAY_TYPE_VALIDITY_ROW, "AYŞE DENEME");
  g_assert_nonnull (row);
  g_assert_nonnull (eonay_window_fixture_find (row, GTK_TYPE_LABEL, "Qualified"));
  g_assert_nonnull (eonay_window_fixture_find (it->view, GTK_TYPE_LABEL, "Expired"));
  g_assert_nonnull (eonay_window_fixture_find (it->view, ADW_TYPE_EXPANDER_ROW, NULL));

  /* The keyboard goes to the card first. */
  g_assert_true (gtk_widget_grab_focus (it->view));
  g_assert_true (
      gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (it->window)),
                              eonay_window_fixture_find (it->view, ADW_TYPE_EXPANDER_ROW, NULL)));
}

static void
test_blocked (Fixture *it, gconstpointer user_data)
{
  GtkWidget *pin;

  eonay_fake_readers_add (it->fake_readers, "One");
  insert (it, "One", EONAY_PRACTICE_CARD_BLOCKED);
  pin = await (it->view, EONAY_TYPE_TRIES_ROW, "PIN: Blocked");
  g_assert_true (gtk_widget_has_css_class (pin, "error"));
  await (it->view, GTK_TYPE_LABEL, "PIN blocked");
}

/** Returns: whether a PIN is named after the card's RSA certificate of @kind, with its last day */
static gboolean
names_pin (Fixture *it, EonayCertificateKind kind)
{
  GtkWidget *panel = eonay_window_fixture_find (it->view, EONAY_TYPE_CARD_PANEL, NULL);
  EonayToken *token = eonay_card_panel_get_token (EONAY_CARD_PANEL (panel));
  GListModel *items = eonay_token_get_certificates (token);

  for (guint i = 0; i < g_list_model_get_n_items (items); i++)
    {
      g_autoptr (EonayTokenCertificate) item = g_list_model_get_item (items, i);
      g_autoptr (EonayCertificate) certificate =
          eonay_certificate_new (eonay_token_certificate_get_der (item), NULL);
      g_autofree char *words = eonay_card_words_certificate (certificate);

      if (eonay_certificate_get_kind (certificate) == kind &&
          g_str_has_prefix (words, "AYŞE DENEME · RSA-2048 · "))
        return eonay_window_fixture_find (it->view, GTK_TYPE_LABEL, words) != NULL;
    }

  return FALSE;
}

/* Its two keys have a PIN each, and each group says whose it is. */
static void
test_two_pins (Fixture *it, gconstpointer user_data)
{
  eonay_fake_readers_add (it->fake_readers, "One");
  insert (it, "One", EONAY_PRACTICE_CARD_MANY);
  await (it->view, EONAY_TYPE_CARD_PANEL, NULL);
  g_assert_cmpuint (count (it->view, EONAY_TYPE_PIN_GROUP), ==, 2);
  g_assert_true (names_pin (it, EONAY_CERTIFICATE_OTHER));
  g_assert_true (names_pin (it, EONAY_CERTIFICATE_QUALIFIED));

  /* This card does not tell, and is not said to before it was asked. */
  g_assert_nonnull (
      eonay_window_fixture_find (it->view, EONAY_TYPE_TRIES_ROW, "PIN: The card is being asked…"));
  await (it->view, EONAY_TYPE_TRIES_ROW,
         "PIN: Unknown: the card does not tell without a try being spent");
  await_gone (it->view, EONAY_TYPE_TRIES_ROW, "PIN: The card is being asked…");
}

static void
test_module_needed (Fixture *it, gconstpointer user_data)
{
  eonay_fake_readers_add (it->fake_readers, "One");
  insert (it, "One", EONAY_PRACTICE_CARD_AKIS_3);
  await (it->view, EONAY_TYPE_TRIES_ROW,
         "PIN: Unknown: the card does not tell without a try being spent");
  g_assert_nonnull (eonay_window_fixture_find (
      it->view, GTK_TYPE_LABEL,
      "This card signs only through its maker’s software, which was not found."));
}

static GtkWidget *
find_panel_above (GtkWidget *widget)
{
  return gtk_widget_get_ancestor (widget, EONAY_TYPE_CARD_PANEL);
}

/* A card that comes or goes leaves the others as they are, and in the readers' order. */
static void
test_several_readers (Fixture *it, gconstpointer user_data)
{
  GtkWidget *second, *first;

  eonay_fake_readers_add (it->fake_readers, "One");
  eonay_fake_readers_add (it->fake_readers, "Two");
  insert (it, "Two", EONAY_PRACTICE_CARD_EC);
  second = find_panel_above (await (it->view, EONAY_TYPE_TRIES_ROW, "PIN: Tries left: 3 of 3"));
  await (it->view, EONAY_TYPE_READER_ROW, NULL);
  g_assert_nonnull (eonay_window_fixture_find (it->view, GTK_TYPE_LABEL, "Insert your card"));
  adw_expander_row_set_expanded (
      ADW_EXPANDER_ROW (eonay_window_fixture_find (second, ADW_TYPE_EXPANDER_ROW, NULL)), TRUE);

  insert (it, "One", EONAY_PRACTICE_CARD_BLOCKED);
  first = find_panel_above (await (it->view, EONAY_TYPE_TRIES_ROW, "PIN: Blocked"));
  g_assert_cmpuint (count (it->view, EONAY_TYPE_CARD_PANEL), ==, 2);
  g_assert_true (gtk_widget_get_next_sibling (first) == second);
  g_assert_true (adw_expander_row_get_expanded (
      ADW_EXPANDER_ROW (eonay_window_fixture_find (second, ADW_TYPE_EXPANDER_ROW, NULL))));
  await_gone (it->view, EONAY_TYPE_READER_ROW, NULL);

  eonay_fake_readers_pull (it->fake_readers, "One");
  await_gone (it->view, EONAY_TYPE_TRIES_ROW, "PIN: Blocked");
  g_assert_true (eonay_window_fixture_find (it->view, EONAY_TYPE_CARD_PANEL, NULL) == second);
  eonay_fake_readers_remove (it->fake_readers, "Two");
  await (it->view, GTK_TYPE_LABEL, "Insert your card");
  g_assert_cmpuint (count (it->view, EONAY_TYPE_CARD_PANEL), ==, 0);
}

/* What a module shows of a token whose PIN is blocked, and @flags. */
static GtkWidget *
make_group (EonayPkcs11SlotFlags flags)
{
  g_autoptr (EonayPkcs11Module) module = eonay_pkcs11_module_new ("/nonexistent/module.so", NULL);
  EonayPkcs11Slot *slot = eonay_pkcs11_slot_new ();
  g_autoptr (EonayToken) token = NULL;

  slot->description = g_strdup ("Deneme 00");
  slot->label = g_strdup ("DENEME");
  slot->serial = g_strdup ("1");
  slot->model = g_strdup ("DENEME");
  slot->flags = flags | EONAY_PKCS11_PIN_LOCKED;
  token = eonay_pkcs11_token_new (module, slot);

  return eonay_pin_group_new (token, NULL, "PIN");
}

/* Which of the group's rows with @word in the title or subtitle are to be seen. */
static guint
count_rows (GtkWidget *widget, const char *word)
{
  guint found = 0;

  if (!gtk_widget_get_visible (widget))
    return 0;
  if (ADW_IS_ACTION_ROW (widget))
    {
      const char *subtitle = adw_action_row_get_subtitle (ADW_ACTION_ROW (widget));

      found = strstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), word) != NULL ||
              (subtitle != NULL && strstr (subtitle, word) != NULL);
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    found += count_rows (child, word);

  return found;
}

/* A module that does not take the PUK is said not to unblock. */
static void
test_no_unblock (Fixture *it, gconstpointer user_data)
{
  GtkWidget *without = g_object_ref_sink (make_group (0));
  GtkWidget *with = g_object_ref_sink (make_group (EONAY_PKCS11_UNBLOCKS));

  g_assert_cmpuint (count_rows (without, "KILIT-05"), ==, 1);
  g_assert_cmpuint (count_rows (with, "KILIT-05"), ==, 0);
  /* Nothing was typed, so nothing is told of tries that were not spent. */
  g_assert_cmpuint (count_rows (without, "try was spent"), ==, 0);
  g_assert_cmpuint (count_rows (with, "PUK"), ==, 1);
  g_object_unref (without);
  g_object_unref (with);
}

int
main (int argc, char *argv[])
{
  static const struct {
    const char *path;
    void (*test) (Fixture *it, gconstpointer user_data);
  } tests[] = {
    { "/window/card/nothing", test_nothing_to_show },
    { "/window/card/retry", test_retry },
    { "/window/card/valid", test_valid },
    { "/window/card/blocked", test_blocked },
    { "/window/card/two-pins", test_two_pins },
    { "/window/card/module-needed", test_module_needed },
    { "/window/card/no-unblock", test_no_unblock },
    { "/window/card/several-readers", test_several_readers },
  };

  eonay_window_fixture_init (&argc, &argv);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);

  return g_test_run ();
}
