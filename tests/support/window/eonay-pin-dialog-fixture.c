#include "eonay-pin-dialog-fixture.h"

#include "app/window/eonay-window-private.h"

static EonayToken *
get_token (EonayPinDialogFixture *self)
{
  g_autoptr (EonayReader) reader =
      g_list_model_get_item (G_LIST_MODEL (self->fixture.window->readers), 0);

  return reader != NULL ? eonay_reader_get_token (reader) : NULL;
}

static gboolean
has_other_token (gpointer dialog_fixture)
{
  EonayPinDialogFixture *self = dialog_fixture;
  EonayToken *token = get_token (self);

  return token != NULL && token != self->token;
}

/* Made once: keys take long. */
static EonayPracticeCard *
make_card (EonayPracticeCardKind kind)
{
  static EonayPracticePki *pki;
  g_autoptr (GError) error = NULL;
  EonayPracticeCard *card;

  if (pki == NULL)
    pki = eonay_practice_pki_new (&error);
  g_assert_no_error (error);
  card = eonay_practice_card_new (kind, pki, &error);
  g_assert_no_error (error);

  return card;
}

static void
insert (EonayPinDialogFixture *self, int card)
{
  EonayPractice *practice = eonay_window_fixture_get_practice (&self->fixture);
  g_autoptr (EonayPracticeCard) special = NULL;

  if (card < EONAY_PRACTICE_N_CARDS)
    {
      eonay_practice_insert (practice, card);
      return;
    }

  special = make_card ((EonayPracticeCardKind) card);
  eonay_practice_slots_set_card (eonay_practice_get_slots (practice), special);
}

void
eonay_pin_dialog_fixture_open (EonayPinDialogFixture *self, int card, int width, int height)
{
  *self = (EonayPinDialogFixture){ 0 };
  eonay_window_fixture_open (&self->fixture, width, height);
  /* Held while it goes: the next card's token may else come to lie where it lay. */
  self->token = g_object_ref (get_token (self));
  if (card != EONAY_PRACTICE_CARD_VALID)
    {
      insert (self, card);
      eonay_window_fixture_wait (has_other_token, self);
      g_set_object (&self->token, get_token (self));
    }
}

static EonayTokenCertificate *
find_first_key (EonayToken *token)
{
  GListModel *certificates = eonay_token_get_certificates (token);

  for (guint i = 0; i < g_list_model_get_n_items (certificates); i++)
    {
      g_autoptr (EonayTokenCertificate) certificate = g_list_model_get_item (certificates, i);

      if (eonay_token_certificate_has_key (certificate))
        return certificate;
    }

  g_assert_not_reached ();
}

void
eonay_pin_dialog_fixture_begin (EonayPinDialogFixture *self, EonayTokenRequestKind kind)
{
  self->dialog = eonay_change_pin_dialog_new (GTK_WINDOW (self->fixture.window), self->token,
                                              find_first_key (self->token), kind);
  gtk_window_present (GTK_WINDOW (self->dialog));
  eonay_window_fixture_settle (self->dialog);
}

static gboolean
is_gone (gpointer user_data)
{
  return *(gpointer *) user_data == NULL;
}

void
eonay_pin_dialog_fixture_end (EonayPinDialogFixture *self)
{
  gpointer dialog = self->dialog;

  g_object_add_weak_pointer (dialog, &dialog);
  gtk_window_close (GTK_WINDOW (self->dialog));
  eonay_window_fixture_wait (is_gone, &dialog);
  self->dialog = NULL;
}

void
eonay_pin_dialog_fixture_close (EonayPinDialogFixture *self)
{
  if (self->dialog != NULL)
    eonay_pin_dialog_fixture_end (self);
  g_clear_object (&self->token);
  eonay_window_fixture_close (&self->fixture);
}

GtkEditable *
eonay_pin_dialog_fixture_find_entry (EonayPinDialogFixture *self, const char *name)
{
  GtkWidget *entry = eonay_window_fixture_find (self->dialog, GTK_TYPE_TEXT, name);

  g_assert_nonnull (entry);

  return GTK_EDITABLE (entry);
}

void
eonay_pin_dialog_fixture_type (EonayPinDialogFixture *self, const char *name, const char *text)
{
  gtk_editable_set_text (eonay_pin_dialog_fixture_find_entry (self, name), text);
}

gboolean
eonay_pin_dialog_fixture_can_click (EonayPinDialogFixture *self, const char *label)
{
  GtkWidget *button = eonay_window_fixture_find (self->dialog, GTK_TYPE_BUTTON, label);

  return button != NULL && gtk_widget_get_sensitive (button);
}

typedef struct {
  EonayPinDialogFixture *dialog_fixture;
  const char *label;
} Clickable;

static gboolean
can_be_clicked (gpointer user_data)
{
  Clickable *it = user_data;

  return eonay_pin_dialog_fixture_can_click (it->dialog_fixture, it->label);
}

void
eonay_pin_dialog_fixture_click (EonayPinDialogFixture *self, const char *label)
{
  Clickable it = { self, label };

  eonay_window_fixture_wait (can_be_clicked, &it);
  g_signal_emit_by_name (eonay_window_fixture_find (self->dialog, GTK_TYPE_BUTTON, label),
                         "clicked");
}

gboolean
eonay_pin_dialog_fixture_says (EonayPinDialogFixture *self, const char *text)
{
  return eonay_window_fixture_find (self->dialog, GTK_TYPE_LABEL, text) != NULL;
}

typedef struct {
  EonayPinDialogFixture *dialog_fixture;
  const char *text;
} Wanted;

static gboolean
is_said (gpointer user_data)
{
  Wanted *wanted = user_data;

  return eonay_pin_dialog_fixture_says (wanted->dialog_fixture, wanted->text);
}

void
eonay_pin_dialog_fixture_await (EonayPinDialogFixture *self, const char *text)
{
  Wanted wanted = { self, text };

  g_test_message ("Waiting for “%s”", text);
  eonay_window_fixture_wait (is_said, &wanted);
  eonay_window_fixture_settle (self->dialog);
}

guint16
eonay_pin_dialog_fixture_send (EonayPinDialogFixture *self, const guint8 *command, gsize length)
{
  EonayPractice *practice = eonay_window_fixture_get_practice (&self->fixture);
  EonayPracticeCard *card = eonay_practice_slots_get_card (eonay_practice_get_slots (practice));
  g_autoptr (GBytes) answer = eonay_practice_card_process (card, command, length);
  gsize size;
  const guint8 *bytes = g_bytes_get_data (answer, &size);

  return (guint16) (bytes[size - 2] << 8 | bytes[size - 1]);
}
