#include "app/card/eonay-certificate-window.h"

#include <glib/gi18n-lib.h>

#include "app/widgets/eonay-accessible-name.h"
#include "app/widgets/eonay-announcement.h"
#include "app/widgets/eonay-card-words.h"
#include "app/widgets/eonay-certificate-words.h"
#include "app/widgets/eonay-copy-row.h"
#include "app/widgets/eonay-focus.h"
#include "base/eonay-private-file.h"
#include "session/eonay-words.h"

struct _EonayCertificateWindow {
  AdwWindow parent_instance;

  AdwToastOverlay *toasts;
  AdwActionRow *reasons;
  EonayCopyRow *name;
  AdwActionRow *national_id;
  GtkToggleButton *reveal;
  EonayCopyRow *kind;
  AdwPreferencesGroup *validity;
  AdwPreferencesGroup *key;
  AdwPreferencesGroup *fingerprints;
  AdwPreferencesGroup *chain;

  EonayCandidate *candidate;
  GtkFileChooserNative *chooser;
};

G_DEFINE_FINAL_TYPE (EonayCertificateWindow, eonay_certificate_window, ADW_TYPE_WINDOW)

static EonayCertificate *
get_certificate (EonayCertificateWindow *self)
{
  return eonay_candidate_get_certificate (self->candidate);
}

static void
reveal_cb (EonayCertificateWindow *self)
{
  const char *id = eonay_certificate_get_national_id (get_certificate (self));
  gboolean shown = gtk_toggle_button_get_active (self->reveal);
  g_autofree char *masked = eonay_words_mask (id);
  const char *label = shown ? _ ("Hide the T.C. Kimlik No") : _ ("Show the T.C. Kimlik No");

  adw_action_row_set_subtitle (self->national_id, shown ? id : masked);
  gtk_button_set_icon_name (GTK_BUTTON (self->reveal),
                            shown ? "view-conceal-symbolic" : "view-reveal-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->reveal), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->reveal), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label, -1);
}

static void
copy_cb (EonayCertificateWindow *self)
{
  g_autofree char *pem = eonay_certificate_to_pem (get_certificate (self));

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), pem);
  eonay_announcement_toast (self->toasts, _ ("Copied"));
}

static void
save_response_cb (EonayCertificateWindow *self, int response)
{
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser));
  GBytes *der = eonay_certificate_get_der (get_certificate (self));

  g_clear_object (&self->chooser);
  if (response != GTK_RESPONSE_ACCEPT || file == NULL)
    return;

  if (g_file_replace_contents (file, g_bytes_get_data (der, NULL), g_bytes_get_size (der), NULL,
                               FALSE, EONAY_PRIVATE_FILE_FLAGS, NULL, NULL, NULL))
    eonay_announcement_toast (self->toasts, _ ("Saved"));
  else
    eonay_announcement_toast (self->toasts,
                              _ ("The file could not be saved. Choose another folder."));
}

static void
save_cb (EonayCertificateWindow *self)
{
  g_autofree char *name = eonay_certificate_words_file_name (get_certificate (self));

  g_clear_object (&self->chooser);
  self->chooser = gtk_file_chooser_native_new (_ ("Save the certificate"), GTK_WINDOW (self),
                                               GTK_FILE_CHOOSER_ACTION_SAVE, NULL, NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), name);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (save_response_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
eonay_certificate_window_dispose (GObject *object)
{
  EonayCertificateWindow *self = EONAY_CERTIFICATE_WINDOW (object);

  g_clear_object (&self->chooser);
  g_clear_object (&self->candidate);

  G_OBJECT_CLASS (eonay_certificate_window_parent_class)->dispose (object);
}

static void
eonay_certificate_window_class_init (EonayCertificateWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = eonay_certificate_window_dispose;
  g_type_ensure (EONAY_TYPE_COPY_ROW);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_DIALOG);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/eonay/Eonay/ui/eonay-certificate-window.ui");
  gtk_widget_class_bind_template_child (widget_class, EonayCertificateWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, EonayCertificateWindow, name);
  gtk_widget_class_bind_template_child (widget_class, EonayCertificateWindow, kind);
  gtk_widget_class_bind_template_child (widget_class, EonayCertificateWindow, reasons);
  gtk_widget_class_bind_template_child (widget_class, EonayCertificateWindow, national_id);
  gtk_widget_class_bind_template_child (widget_class, EonayCertificateWindow, reveal);
  gtk_widget_class_bind_template_child (widget_class, EonayCertificateWindow, validity);
  gtk_widget_class_bind_template_child (widget_class, EonayCertificateWindow, key);
  gtk_widget_class_bind_template_child (widget_class, EonayCertificateWindow, fingerprints);
  gtk_widget_class_bind_template_child (widget_class, EonayCertificateWindow, chain);
  gtk_widget_class_bind_template_callback (widget_class, reveal_cb);
  gtk_widget_class_bind_template_callback (widget_class, copy_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
}

static void
eonay_certificate_window_init (EonayCertificateWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  eonay_focus_attach (GTK_WINDOW (self));
  eonay_accessible_name_lists (gtk_widget_get_parent (GTK_WIDGET (self->reasons)),
                               _ ("Certificate"));
}

/* @value: (transfer full) */
static void
add_fact (AdwPreferencesGroup *group, const char *title, char *value)
{
  GtkWidget *row = eonay_copy_row_new (title);

  eonay_copy_row_set_value (EONAY_COPY_ROW (row), value, NULL);
  adw_preferences_group_add (group, row);
  g_free (value);
}

static void
show_holder (EonayCertificateWindow *self)
{
  EonayCertificate *certificate = get_certificate (self);
  g_autofree char *reasons = eonay_candidate_describe_reasons (self->candidate);

  eonay_copy_row_set_value (self->name, eonay_certificate_get_holder (certificate), NULL);
  eonay_copy_row_set_value (
      self->kind, eonay_certificate_words_kind (eonay_certificate_get_kind (certificate)), NULL);
  adw_action_row_set_subtitle (self->reasons, reasons);
  gtk_widget_set_visible (GTK_WIDGET (self->reasons), *reasons != '\0');
  gtk_widget_set_visible (GTK_WIDGET (self->national_id),
                          eonay_certificate_get_national_id (certificate) != NULL);
  reveal_cb (self);
}

static void
show_validity (EonayCertificateWindow *self, GDateTime *now)
{
  EonayCertificate *certificate = get_certificate (self);
  g_autofree char *escaped = NULL;
  const char *advice = eonay_card_words_renewal (eonay_card_words_find_renewal (certificate, now));

  if (eonay_token_certificate_has_key (eonay_candidate_get_token_certificate (self->candidate)))
    escaped = g_markup_escape_text (advice, -1);
  adw_preferences_group_set_description (self->validity, escaped);
  add_fact (self->validity, _ ("Valid from"),
            eonay_words_time (eonay_certificate_get_not_before (certificate)));
  add_fact (self->validity, _ ("Valid until"),
            eonay_words_time (eonay_certificate_get_not_after (certificate)));
  add_fact (self->validity, _ ("State"), eonay_card_words_validity (certificate, now));
  add_fact (self->validity, _ ("Provider"),
            g_strdup (eonay_certificate_get_provider (certificate)));
  add_fact (self->validity, _ ("Issuer"), g_strdup (eonay_certificate_get_issuer (certificate)));
  add_fact (self->validity, _ ("Serial number"),
            g_strdup (eonay_certificate_get_serial (certificate)));
}

static void
show_key (EonayCertificateWindow *self)
{
  EonayCertificate *certificate = get_certificate (self);
  g_autoptr (EonayCertificateDetails) details = eonay_certificate_details_new (certificate);

  add_fact (self->key, _ ("Key"), g_strdup (eonay_certificate_get_key_name (certificate)));
  add_fact (self->key, _ ("May be used for"), eonay_certificate_words_key_usage (details->usage));
  add_fact (self->key, _ ("Further uses"), eonay_certificate_words_oid (details->extended_usages));
  add_fact (self->key, _ ("Statements of the provider"),
            eonay_certificate_words_oid (details->statements));
  add_fact (self->key, _ ("Policy"), eonay_certificate_words_oid (details->policies));
  add_fact (self->key, _ ("Signed by its issuer with"), g_strdup (details->signature_algorithm));
}

static void
show_fingerprints (EonayCertificateWindow *self)
{
  GBytes *der = eonay_certificate_get_der (get_certificate (self));
  g_autofree char *sha1 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA1, der);

  add_fact (self->fingerprints, "SHA-256",
            eonay_certificate_words_fingerprint (
                eonay_certificate_get_fingerprint (get_certificate (self))));
  add_fact (self->fingerprints, "SHA-1", eonay_certificate_words_fingerprint (sha1));
}

/** Returns: (transfer full) (element-type EonayCertificate): all that can be read on the card */
static GPtrArray *
read_card (EonayToken *token)
{
  GListModel *items = eonay_token_get_certificates (token);
  GPtrArray *read = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (items); i++)
    {
      g_autoptr (EonayTokenCertificate) item = g_list_model_get_item (items, i);
      EonayCertificate *certificate = eonay_certificate_new (eonay_token_certificate_get_der (item),
                                                             NULL);

      if (certificate != NULL)
        g_ptr_array_add (read, certificate);
    }

  return read;
}

static void
add_link (EonayCertificateWindow *self, EonayCertificate *certificate, guint depth)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *validity = eonay_card_words_validity (certificate, now);
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "title-lines", 0,
                                 "subtitle-lines", 0, NULL);
  GtkWidget *number = NULL;
  g_autofree char *text = g_strdup_printf ("%u", depth);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row),
                                 eonay_certificate_get_holder (certificate));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), validity);
  number = gtk_label_new (text);
  gtk_widget_add_css_class (number, "numeric");
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), number);
  gtk_widget_add_css_class (row, "fact");
  adw_preferences_group_add (self->chain, row);
}

static void
show_chain (EonayCertificateWindow *self, EonayTrust *trust, GDateTime *now)
{
  g_autoptr (GPtrArray) beside = read_card (eonay_candidate_get_token (self->candidate));
  g_autoptr (EonayChain) chain = eonay_chain_build (get_certificate (self), trust, beside, now);
  GtkWidget *end;

  for (guint i = 0; i < chain->certificates->len; i++)
    add_link (self, chain->certificates->pdata[i], i + 1);

  end = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "title-lines", 0, "icon-name",
                      eonay_certificate_words_chain_end_icon (chain->end), NULL);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (end),
                                 eonay_certificate_words_chain_end (chain->end));
  adw_preferences_group_add (self->chain, end);
}

GtkWidget *
eonay_certificate_window_new (GtkWindow *parent, EonayCandidate *candidate, EonayTrust *trust)
{
  EonayCertificateWindow *self = g_object_new (EONAY_TYPE_CERTIFICATE_WINDOW, "transient-for",
                                               parent, NULL);
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

  self->candidate = g_object_ref (candidate);
  show_holder (self);
  show_validity (self, now);
  show_key (self);
  show_fingerprints (self);
  show_chain (self, trust, now);

  return GTK_WIDGET (self);
}
