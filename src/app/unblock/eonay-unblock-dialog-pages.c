#include "app/unblock/eonay-unblock-dialog-private.h"

#include <glib/gi18n-lib.h>

#include "app/pin/eonay-typed-secret.h"
#include "app/unblock/eonay-unblock-words.h"
#include "app/widgets/eonay-announcement.h"
#include "app/widgets/eonay-labels.h"
#include "app/widgets/eonay-press-guard.h"
#include "app/widgets/eonay-stack.h"
#include "base/eonay-error.h"
#include "session/eonay-advice.h"
#include "session/eonay-words.h"

void
eonay_unblock_dialog_show_time (EonayUnblockDialog *self)
{
  guint seconds_left = eonay_unblock_get_seconds_left (self->unblock);
  gboolean shown = eonay_unblock_words_has_clock (self->state);

  gtk_widget_set_visible (GTK_WIDGET (self->countdown), shown);
  if (!shown)
    {
      eonay_time_alert_stop (self->time_alert);
      self->total = 0;
      return;
    }

  self->total = MAX (self->total, seconds_left);
  eonay_countdown_set_total (self->countdown, self->total);
  eonay_countdown_set_seconds_left (self->countdown, seconds_left);
  eonay_time_alert_set_seconds_left (self->time_alert, seconds_left);
}

void
eonay_unblock_dialog_show_sms_time (EonayUnblockDialog *self)
{
  guint seconds_left = eonay_unblock_get_sms_seconds_left (self->unblock);
  gboolean has_sms = eonay_unblock_get_sms_number (self->unblock) != NULL;
  g_autofree char *left =
      g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "The SMS code holds for %u second more.",
                                    "The SMS code holds for %u seconds more.", seconds_left),
                       seconds_left);

  self->sms_total = has_sms ? MAX (self->sms_total, seconds_left) : 0;
  eonay_countdown_set_total (self->sms_countdown, self->sms_total);
  eonay_countdown_set_seconds_left (self->sms_countdown, seconds_left);
  gtk_label_set_label (self->pin_sms, seconds_left > 0
                                          ? left
                                          : _ ("The SMS code is too late by now: after this, "
                                               "another one is sent to you."));
  gtk_widget_set_visible (GTK_WIDGET (self->pin_sms), has_sms);
}

void
eonay_unblock_dialog_show_card_status (EonayUnblockDialog *self)
{
  EonayUnblockCardStatus card_status = eonay_unblock_get_card_status (self->unblock);
  gboolean reading = card_status == EONAY_UNBLOCK_CARD_READING;

  gtk_label_set_label (self->card_status, eonay_unblock_words_card_status (card_status));
  gtk_widget_set_visible (GTK_WIDGET (self->reading), reading);
  gtk_spinner_set_spinning (self->reading, reading);
}

void
eonay_unblock_dialog_show_error (EonayUnblockDialog *self)
{
  const GError *error = eonay_unblock_get_error (self->unblock);
  const char *page = eonay_unblock_words_page (self->state);

  /* The code page and the result have their own place for it. */
  if (g_str_equal (page, "code") || g_str_equal (page, "result"))
    error = NULL;
  eonay_advice_box_set_error (self->advice, error);
  gtk_widget_set_visible (self->advice_strip, error != NULL);
}

void
eonay_unblock_dialog_show_refusal (EonayUnblockDialog *self)
{
  g_autoptr (GError) error = g_error_new_literal (
      EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_OTHER_OPEN, "Another unblocking is open");

  eonay_advice_box_set_error (self->advice, error);
  gtk_widget_set_visible (self->advice_strip, TRUE);
}

void
eonay_unblock_dialog_show_report (EonayUnblockDialog *self)
{
  EonayUnblockReport report = eonay_unblock_get_report (self->unblock);
  const char *words = eonay_unblock_words_report (self->state, report);

  gtk_label_set_label (self->report, words);
  gtk_widget_set_visible (GTK_WIDGET (self->report), words[0] != '\0');
  gtk_widget_set_visible (self->report_again, report == EONAY_UNBLOCK_REPORT_UNTOLD);
}

static EonayCertificate *
parse_certificate (EonayUnblockDialog *self)
{
  EonayTokenCertificate *item = eonay_unblock_get_certificate (self->unblock);

  if (item == NULL)
    return NULL;

  return eonay_certificate_new (eonay_token_certificate_get_der (item), NULL);
}

/* An error on the page says more, and itself. */
static void
announce (EonayUnblockDialog *self, const char *text)
{
  if (eonay_unblock_get_error (self->unblock) == NULL)
    eonay_announcement_make (GTK_WIDGET (self), text);
}

static void
show_card (EonayUnblockDialog *self)
{
  EonayTransaction *transaction = eonay_unblock_get_transaction (self->unblock);
  g_autofree char *meant =
      eonay_unblock_words_meant (eonay_unblock_get_card_serial (self->unblock),
                                 eonay_transaction_get_signer_hint (transaction));

  gtk_label_set_label (self->meant, meant);
  announce (self, meant);
  eonay_unblock_dialog_show_card_status (self);
}

static void
show_word (EonayUnblockDialog *self)
{
  EonayToken *token = eonay_unblock_get_token (self->unblock);
  g_autoptr (EonayCertificate) certificate = parse_certificate (self);
  g_autofree char *card = eonay_words_card (token, certificate);

  gtk_label_set_label (self->word_card, card);
  announce (self, card);
}

static void
show_sms (EonayUnblockDialog *self)
{
  g_autofree char *number = eonay_unblock_words_sms (eonay_unblock_get_sms_number (self->unblock));
  g_autofree char *tries =
      eonay_unblock_words_sms_tries (eonay_unblock_get_sms_tries_left (self->unblock));

  g_autofree char *both = g_strjoin (" ", number, tries, NULL);

  gtk_label_set_label (self->sms_number, number);
  gtk_label_set_label (self->sms_tries, tries);
  announce (self, both);
}

static void
show_new_pin (EonayUnblockDialog *self)
{
  g_autoptr (EonayCertificate) certificate = parse_certificate (self);
  EonayPinState rules;

  eonay_token_get_pin_state (eonay_unblock_get_token (self->unblock),
                             eonay_unblock_get_certificate (self->unblock), &rules);
  eonay_new_pin_box_set_rules (self->new_pin, &rules, certificate);
}

static void
show_ready (EonayUnblockDialog *self)
{
  gboolean last = eonay_unblock_is_last_try (self->unblock);

  gtk_image_set_from_icon_name (self->ready_icon,
                                last ? "dialog-warning-symbolic" : "dialog-password-symbolic");
  if (last)
    gtk_widget_add_css_class (GTK_WIDGET (self->ready_icon), "warning");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->ready_icon), "warning");
  gtk_label_set_label (self->ready_title, last ? _ ("Last try!") : _ ("Everything is typed"));
  gtk_label_set_label (
      self->ready_words,
      last ? _ ("Only one try of the PUK is left. If the one that the portal gives is wrong, the "
                "card can never be unblocked again and you need a new one.")
           : _ ("Nothing of it has to be typed again. Your card can be unblocked now."));
  eonay_stack_describe_page (self->ready_back, gtk_label_get_label (self->ready_title),
                             gtk_label_get_label (self->ready_words));
  eonay_stack_describe_page (self->ready_go, gtk_label_get_label (self->ready_title),
                             gtk_label_get_label (self->ready_words));
  gtk_widget_remove_css_class (self->ready_go, last ? "suggested-action" : "destructive-action");
  gtk_widget_add_css_class (self->ready_go, last ? "destructive-action" : "suggested-action");
  /* It lies where the button that led here was. */
  if (last)
    eonay_press_guard_delay (self->ready_go);
}

static void
show_busy (EonayUnblockDialog *self)
{
  gtk_label_set_label (self->busy_words, eonay_unblock_words_busy (self->state));
  gtk_widget_set_visible (self->stop, eonay_unblock_words_can_stop (self->state));
}

static void
colour_result (EonayUnblockDialog *self, gboolean is_uncertain)
{
  const char *classes[] = { "result-page", "ended-late", NULL };

  if (self->state == EONAY_UNBLOCK_DONE)
    classes[1] = "ended-well";
  else if (self->state == EONAY_UNBLOCK_FAILED && !is_uncertain)
    classes[1] = "ended-badly";
  gtk_widget_set_css_classes (GTK_WIDGET (self->result), classes);
}

static gboolean
leads_to_my_card (EonayUnblockDialog *self, const EonayAdvice *advice)
{
  return advice != NULL && advice->action == EONAY_ADVICE_ACTION_OPEN_MY_CARD &&
         gtk_window_get_transient_for (GTK_WINDOW (self)) != NULL;
}

/* One bright button, which is the next act. */
static void
show_next_act (EonayUnblockDialog *self, const EonayAdvice *advice)
{
  gboolean to_card = leads_to_my_card (self, advice);

  gtk_widget_set_visible (self->my_card, to_card);
  if (to_card)
    gtk_widget_remove_css_class (self->close, "suggested-action");
  else
    gtk_widget_add_css_class (self->close, "suggested-action");
  /* Another code does not help where the card or its PUK is at fault. */
  gtk_widget_set_visible (self->new_code,
                          self->state != EONAY_UNBLOCK_DONE &&
                              (advice == NULL || advice->action != EONAY_ADVICE_ACTION_NONE));
}

static void
show_result (EonayUnblockDialog *self)
{
  const GError *error = eonay_unblock_get_error (self->unblock);
  gboolean is_uncertain = g_error_matches (error, EONAY_SESSION_ERROR,
                                           EONAY_SESSION_ERROR_UNBLOCK_UNCERTAIN);
  g_autoptr (EonayAdvice) advice = error != NULL ? eonay_advice_new (error) : NULL;
  g_autofree char *words = eonay_unblock_words_result (self->state, error);
  g_autofree char *escaped = g_markup_escape_text (words, -1);

  adw_status_page_set_icon_name (self->result,
                                 eonay_unblock_words_result_icon (self->state, is_uncertain));
  adw_status_page_set_title (self->result,
                             eonay_unblock_words_result_title (self->state, is_uncertain));
  adw_status_page_set_description (self->result, escaped);
  eonay_stack_describe_page (self->close, adw_status_page_get_title (self->result), words);
  colour_result (self, is_uncertain);
  eonay_short_code_set_code (self->result_code, advice != NULL ? advice->code : NULL);
  show_next_act (self, advice);
  eonay_unblock_dialog_show_report (self);
}

static GtkWidget *
find_next_act (EonayUnblockDialog *self)
{
  return gtk_widget_get_visible (self->my_card) ? self->my_card : self->close;
}

static GtkWidget *
find_focus (EonayUnblockDialog *self, const char *page)
{
  const struct {
    const char *page;
    GtkWidget *focus;
  } places[] = {
    { "code", GTK_WIDGET (self->code_page) }, { "word", GTK_WIDGET (self->word) },
    { "sms", GTK_WIDGET (self->sms) },        { "pin", GTK_WIDGET (self->new_pin) },
    { "result", find_next_act (self) },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    if (g_str_equal (page, places[i].page))
      return places[i].focus;

  /* The safe answer, where there is a dangerous one. */
  if (g_str_equal (page, "ready"))
    return eonay_unblock_is_last_try (self->unblock) ? self->ready_back : self->ready_go;

  return NULL;
}

static GtkWidget *
find_default (EonayUnblockDialog *self, const char *page)
{
  if (g_str_equal (page, "word"))
    return self->send_word;
  if (g_str_equal (page, "sms"))
    return self->send_sms;

  return g_str_equal (page, "result") ? find_next_act (self) : NULL;
}

static void
prepare (EonayUnblockDialog *self, const char *page)
{
  if (g_str_equal (page, "card"))
    show_card (self);
  else if (g_str_equal (page, "word"))
    show_word (self);
  else if (g_str_equal (page, "sms"))
    show_sms (self);
  else if (g_str_equal (page, "pin"))
    show_new_pin (self);
  else if (g_str_equal (page, "ready"))
    show_ready (self);
  else if (g_str_equal (page, "busy"))
    show_busy (self);
  else if (g_str_equal (page, "result"))
    show_result (self);
}

/* A page that is merely not in front would still be there for screen readers. */
static void
turn_to (EonayUnblockDialog *self, const char *name)
{
  GtkWidget *page = gtk_stack_get_child_by_name (self->stack, name);

  gtk_widget_set_visible (page, TRUE);
  gtk_stack_set_visible_child (self->stack, page);
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->stack)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    gtk_widget_set_visible (child, child == page);
}

static gboolean
is_number (GtkEditable *entry)
{
  g_autoptr (EonaySecret) typed = eonay_typed_secret_read (entry);
  gsize length;
  const guint8 *characters = eonay_secret_peek (typed, &length);

  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isdigit (characters[i]))
      return FALSE;

  return TRUE;
}

void
eonay_unblock_dialog_refresh (EonayUnblockDialog *self)
{
  gboolean is_sms_code = is_number (self->sms);
  guint digits = eonay_typed_secret_count (self->sms);

  gtk_widget_set_sensitive (self->send_word,
                            eonay_typed_secret_count (self->word) == EONAY_UNBLOCK_WORD_LENGTH);
  gtk_widget_set_sensitive (self->send_sms, is_sms_code && digits >= EONAY_SMS_CODE_MIN &&
                                                digits <= EONAY_SMS_CODE_MAX);
  gtk_widget_set_visible (self->sms_letters, !is_sms_code);
  gtk_widget_set_sensitive (self->set_pin, eonay_new_pin_box_is_valid (self->new_pin));
}

void
eonay_unblock_dialog_show_state (EonayUnblockDialog *self)
{
  const char *page = eonay_unblock_words_page (self->state);
  GtkWidget *focus;

  /* What was typed and not taken does not wait for its page to come again. */
  eonay_typed_secret_wipe (self->word);
  eonay_typed_secret_wipe (self->sms);
  eonay_new_pin_box_wipe (self->new_pin);
  prepare (self, page);
  focus = find_focus (self, page);
  eonay_code_page_set_busy (self->code_page, self->state == EONAY_UNBLOCK_RESOLVING);
  gtk_spinner_set_spinning (self->spinner, g_str_equal (page, "busy"));
  eonay_unblock_dialog_show_error (self);
  eonay_unblock_dialog_show_time (self);
  eonay_unblock_dialog_show_sms_time (self);

  gtk_window_set_default_widget (GTK_WINDOW (self), NULL);
  turn_to (self, page);
  gtk_window_set_default_widget (GTK_WINDOW (self), find_default (self, page));
  if (focus != NULL && self->state != EONAY_UNBLOCK_RESOLVING)
    gtk_widget_grab_focus (focus);
  eonay_unblock_dialog_refresh (self);
}
