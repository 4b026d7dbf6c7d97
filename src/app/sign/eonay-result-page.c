#include "app/sign/eonay-result-page.h"

#include <glib/gi18n-lib.h>

#include "app/widgets/eonay-accessible-name.h"
#include "app/widgets/eonay-announcement.h"
#include "app/widgets/eonay-copy-row.h"
#include "app/widgets/eonay-focus.h"
#include "app/widgets/eonay-labels.h"
#include "app/widgets/eonay-short-code.h"
#include "base/eonay-error.h"
#include "session/eonay-advice.h"
#include "session/eonay-words.h"

struct _EonayResultPage {
  AdwBin parent_instance;

  AdwStatusPage *status;
  EonayShortCode *code;
  AdwPreferencesGroup *facts;
  GtkWidget *back;
  GtkWidget *retry;
  GtkWidget *my_card;
  GtkWidget *new_code;
  GtkWidget *save;

  EonayCopyRow *certificate;
  EonayCopyRow *signed_at;
  EonayCopyRow *receipt;

  EonaySession *session;
};

G_DEFINE_FINAL_TYPE (EonayResultPage, eonay_result_page, ADW_TYPE_BIN)

static gboolean
eonay_result_page_grab_focus (GtkWidget *widget)
{
  EonayResultPage *self = EONAY_RESULT_PAGE (widget);
  GtkWidget *nexts[] = { self->back, self->retry, self->my_card, self->new_code };

  for (gsize i = 0; i < G_N_ELEMENTS (nexts); i++)
    if (gtk_widget_get_visible (nexts[i]))
      return gtk_widget_grab_focus (nexts[i]);

  return FALSE;
}

static void
eonay_result_page_dispose (GObject *object)
{
  g_clear_object (&EONAY_RESULT_PAGE (object)->session);

  G_OBJECT_CLASS (eonay_result_page_parent_class)->dispose (object);
}

static void
eonay_result_page_class_init (EonayResultPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = eonay_result_page_dispose;
  eonay_focus_install (widget_class, eonay_result_page_grab_focus);

  g_type_ensure (EONAY_TYPE_SHORT_CODE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/eonay/Eonay/ui/eonay-result-page.ui");
  gtk_widget_class_bind_template_child (widget_class, EonayResultPage, status);
  gtk_widget_class_bind_template_child (widget_class, EonayResultPage, code);
  gtk_widget_class_bind_template_child (widget_class, EonayResultPage, facts);
  gtk_widget_class_bind_template_child (widget_class, EonayResultPage, back);
  gtk_widget_class_bind_template_child (widget_class, EonayResultPage, retry);
  gtk_widget_class_bind_template_child (widget_class, EonayResultPage, my_card);
  gtk_widget_class_bind_template_child (widget_class, EonayResultPage, new_code);
  gtk_widget_class_bind_template_child (widget_class, EonayResultPage, save);
}

static EonayCopyRow *
add_fact (EonayResultPage *self, const char *title)
{
  GtkWidget *row = eonay_copy_row_new (title);

  adw_preferences_group_add (self->facts, row);

  return EONAY_COPY_ROW (row);
}

static void
eonay_result_page_init (EonayResultPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  eonay_accessible_name_buttons (GTK_WIDGET (self));
  eonay_focus_name_panes (GTK_WIDGET (self));

  self->certificate = add_fact (self, _ ("Certificate"));
  self->signed_at = add_fact (self, _ ("Signed at"));
  self->receipt = add_fact (self, _ ("Receipt"));
  eonay_accessible_name_lists (GTK_WIDGET (self->facts), _ ("Details"));
}

static void
set_status (EonayResultPage *self, const char *look, const char *icon, const char *title,
            const char *description)
{
  static const char *looks[] = { "ended-well", "ended-late", "ended-badly" };
  g_autofree char *escaped = g_markup_escape_text (description, -1);
  g_autofree char *said = g_strjoin (". ", title, description, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (looks); i++)
    gtk_widget_remove_css_class (GTK_WIDGET (self->status), looks[i]);
  if (look != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->status), look);

  adw_status_page_set_icon_name (self->status, icon);
  adw_status_page_set_title (self->status, title);
  adw_status_page_set_description (self->status, escaped);
  eonay_announcement_make (GTK_WIDGET (self), said);
}

static void
show_done (EonayResultPage *self, EonaySession *session)
{
  const EonayPortalReceipt *receipt = eonay_session_get_receipt (session);
  const char *message = receipt != NULL && receipt->message != NULL ? receipt->message
                                                                    : _ ("The portal has it.");
  g_autofree char *description = g_strdup_printf ("%s\n%s", message,
                                                  _ ("You can go back to the web page."));

  set_status (self, "ended-well", "object-select-symbolic", _ ("Signed"), description);
  eonay_copy_row_set_value (self->receipt, receipt != NULL ? receipt->receipt : NULL, NULL);
}

static void
show_error (EonayResultPage *self, EonaySession *session)
{
  g_autoptr (EonayAdvice) advice = NULL;
  g_autofree char *description = NULL;
  gboolean is_signed = eonay_session_get_signatures (session) != NULL;

  if (eonay_session_get_error (session) == NULL)
    return;

  advice = eonay_advice_new (eonay_session_get_error (session));
  description = g_strdup_printf ("%s\n%s", advice->what, advice->remedy);
  set_status (self, "ended-badly", "dialog-warning-symbolic",
              is_signed ? _ ("Signed, but not confirmed by the portal")
                        : _ ("Signing was not completed"),
              description);
  eonay_short_code_set_code (self->code, advice->code);
}

static void
show_expired (EonayResultPage *self, EonaySession *session)
{
  const GError *error = eonay_session_get_error (session);
  const char *remedy = _ ("Get a new code from the web page.");
  const char *code = eonay_advice_get_code (EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_EXPIRED);
  g_autofree char *description = NULL;

  if (g_error_matches (error, EONAY_PORTAL_ERROR, EONAY_PORTAL_ERROR_EXPIRED))
    code = eonay_advice_get_code (error->domain, error->code);

  /* The try that was spent at the last moment. */
  if (error != NULL && error->domain == EONAY_CARD_ERROR)
    {
      g_autoptr (EonayAdvice) advice = eonay_advice_new (error);

      description = g_strdup_printf ("%s\n%s", advice->what, remedy);
      code = eonay_advice_get_code (error->domain, error->code);
    }

  set_status (self, "ended-late", "alarm-symbolic", _ ("Time is up"),
              description != NULL ? description : remedy);
  eonay_short_code_set_code (self->code, code);
}

static void
show_facts (EonayResultPage *self, EonaySession *session)
{
  gboolean is_signed = eonay_session_get_signatures (session) != NULL;
  EonayCandidate *candidate = eonay_session_get_candidate (session);
  g_autofree char *signed_at = is_signed ? eonay_words_time (eonay_session_get_signed_at (session))
                                         : NULL;
  g_autofree char *certificate = NULL;

  if (candidate != NULL && is_signed)
    certificate = g_strdup_printf (
        "%s · %s", eonay_certificate_get_holder (eonay_candidate_get_certificate (candidate)),
        eonay_certificate_get_provider (eonay_candidate_get_certificate (candidate)));

  eonay_copy_row_set_value (self->certificate, certificate, NULL);
  eonay_copy_row_set_value (self->signed_at, signed_at, NULL);
  eonay_copy_row_set_value (self->receipt, NULL, NULL);
  eonay_short_code_set_code (self->code, NULL);
}

static gboolean
leads_to_my_card (const GError *error)
{
  g_autoptr (EonayAdvice) advice = error != NULL ? eonay_advice_new (error) : NULL;

  return advice != NULL && advice->action == EONAY_ADVICE_ACTION_OPEN_MY_CARD;
}

/** Returns: (transfer full): what is known of the portal's knowledge that the person declined */
static char *
describe_report (EonaySession *session)
{
  g_autoptr (GDateTime) expiry = eonay_session_get_expiry (session);
  g_autofree char *time = expiry != NULL ? eonay_words_time (expiry) : NULL;

  switch (eonay_session_get_report (session))
    {
    case EONAY_SESSION_REPORT_TOLD:
      return g_strdup (_ ("The portal has been told."));
    case EONAY_SESSION_REPORT_UNTOLD:
      return g_strdup_printf (_ ("The portal could not be told; the transaction expires by itself "
                                 "at %s."),
                              time);
    default:
      return g_strdup (_ ("The portal is being told."));
    }
}

static char *
describe_declined (EonaySession *session)
{
  g_autofree char *report = describe_report (session);

  return g_strjoin (" ", _ ("You chose not to sign."), report, NULL);
}

static void
show_declined (EonayResultPage *self, EonaySession *session)
{
  g_autofree char *description = describe_declined (session);

  set_status (self, NULL, "action-unavailable-symbolic", _ ("Declined"), description);
}

static void
report_cb (EonayResultPage *self)
{
  const GError *error = eonay_session_get_error (self->session);
  g_autofree char *report = describe_report (self->session);
  g_autofree char *description = describe_declined (self->session);
  g_autoptr (EonayAdvice) advice = error != NULL ? eonay_advice_new (error) : NULL;

  /* How it begins is the page's to show, and with a new code it is over. */
  if (eonay_session_get_report (self->session) <= EONAY_SESSION_REPORT_TELLING)
    return;

  adw_status_page_set_description (self->status, description);
  eonay_short_code_set_code (self->code, advice != NULL ? advice->code : NULL);
  eonay_announcement_make (GTK_WIDGET (self), report);
}

GtkWidget *
eonay_result_page_new (EonaySession *session)
{
  EonayResultPage *self = g_object_new (EONAY_TYPE_RESULT_PAGE, NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "notify::report", G_CALLBACK (report_cb), self,
                           G_CONNECT_SWAPPED);

  return GTK_WIDGET (self);
}

void
eonay_result_page_show (EonayResultPage *self)
{
  EonaySession *session = self->session;
  EonaySessionState state = eonay_session_get_state (session);
  gboolean is_signed = eonay_session_get_signatures (session) != NULL;
  gboolean can_retry = eonay_labels_result_can_retry (state, is_signed,
                                                      eonay_session_get_seconds_left (session));

  g_return_if_fail (EONAY_IS_RESULT_PAGE (self));

  show_facts (self, session);
  if (state == EONAY_SESSION_DONE)
    show_done (self, session);
  else if (state == EONAY_SESSION_EXPIRED)
    show_expired (self, session);
  else if (state == EONAY_SESSION_DECLINED)
    show_declined (self, session);
  else
    show_error (self, session);

  gtk_widget_set_visible (GTK_WIDGET (self->facts), is_signed);
  gtk_widget_set_visible (self->back, state == EONAY_SESSION_DONE);
  gtk_widget_set_visible (self->retry, can_retry);
  gtk_widget_set_visible (self->save, is_signed);
  gtk_button_set_label (GTK_BUTTON (self->save),
                        is_signed && eonay_session_get_signatures (session)->len > 1
                            ? _ ("_Save the signed files")
                            : _ ("_Save the signed file"));
  gtk_widget_set_visible (self->my_card, leads_to_my_card (eonay_session_get_error (session)));
  if (state == EONAY_SESSION_DONE || can_retry || gtk_widget_get_visible (self->my_card))
    gtk_widget_remove_css_class (self->new_code, "suggested-action");
  else
    gtk_widget_add_css_class (self->new_code, "suggested-action");
}
