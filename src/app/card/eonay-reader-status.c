#include "app/card/eonay-reader-status.h"

#include "app/card/eonay-card-status.h"
#include "app/widgets/eonay-announcement.h"
#include "session/eonay-advice.h"

struct _EonayReaderStatus {
  AdwBin parent_instance;

  GtkImage *icon;
  GtkLabel *label;
  GtkLabel *remedy;
  GtkWidget *diagnostics;
  GtkWidget *retry;

  EonayReaderList *readers;
  EonayCandidateList *candidates;
};

enum {
  PROP_0,
  PROP_TEXT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (EonayReaderStatus, eonay_reader_status, ADW_TYPE_BIN)

static char *
find_holder (EonayReaderStatus *self, EonayToken *token)
{
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->candidates));

  for (guint i = 0; token != NULL && i < n_items; i++)
    {
      g_autoptr (EonayCandidate) item = g_list_model_get_item (G_LIST_MODEL (self->candidates), i);

      if (eonay_candidate_get_token (item) == token)
        return g_strdup (eonay_certificate_get_holder (eonay_candidate_get_certificate (item)));
    }

  return NULL;
}

/* Says what to do, with the code for the phone, under what is wrong. */
static void
show_remedy (EonayReaderStatus *self, EonayCardStatus card_status, const GError *reader_error)
{
  g_autoptr (GError) error = eonay_card_status_dup_error (card_status, reader_error);
  g_autoptr (EonayAdvice) advice = error != NULL ? eonay_advice_new (error) : NULL;
  g_autofree char *text = advice != NULL ? g_strdup_printf ("%s · %s", advice->remedy, advice->code)
                                         : NULL;

  gtk_label_set_label (self->remedy, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->remedy), text != NULL);
  gtk_widget_set_visible (self->retry, card_status == EONAY_CARD_STATUS_FAILED);
  gtk_widget_set_visible (self->diagnostics,
                          error != NULL && card_status != EONAY_CARD_STATUS_FAILED);
}

static void
retry_cb (EonayReaderStatus *self)
{
  guint n_readers = g_list_model_get_n_items (G_LIST_MODEL (self->readers));

  for (guint i = 0; i < n_readers; i++)
    {
      g_autoptr (EonayReader) reader = g_list_model_get_item (G_LIST_MODEL (self->readers), i);

      eonay_reader_retry (reader);
    }
}

static void
show (EonayReaderStatus *self, EonayCardStatus card_status, EonayToken *token, guint n_cards)
{
  g_autofree char *holder = find_holder (self, token);
  g_autofree char *text = eonay_card_status_describe (
      card_status, holder, token != NULL ? eonay_token_get_model (token) : NULL, n_cards);
  g_autofree char *details =
      token != NULL && n_cards == 1
          ? eonay_card_status_describe_backend (text, eonay_token_get_reader_name (token),
                                                eonay_token_get_backend (token))
          : g_strdup (text);

  gtk_image_set_from_icon_name (self->icon, eonay_card_status_get_icon (card_status));
  if (!g_str_equal (gtk_label_get_label (self->label), text))
    eonay_announcement_make (GTK_WIDGET (self), text);
  gtk_label_set_label (self->label, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), details);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

static void
update (EonayReaderStatus *self)
{
  guint n_readers = g_list_model_get_n_items (G_LIST_MODEL (self->readers));
  g_autofree EonayReaderState *states = g_new (EonayReaderState, n_readers);
  EonayCardStatus card_status;
  EonayToken *token = NULL;
  const GError *error = NULL;
  guint n_cards = 0;

  for (guint i = 0; i < n_readers; i++)
    {
      g_autoptr (EonayReader) reader = g_list_model_get_item (G_LIST_MODEL (self->readers), i);

      states[i] = eonay_reader_get_state (reader);
      if (states[i] == EONAY_READER_READY)
        {
          token = token != NULL ? token : eonay_reader_get_token (reader);
          n_cards++;
        }
      error = error != NULL ? error : eonay_reader_get_error (reader);
    }

  card_status = eonay_card_status_of (eonay_reader_list_get_service_state (self->readers), states,
                                      n_readers);
  show (self, card_status, token, n_cards);
  show_remedy (self, card_status, error);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TEXT]);
}

static void
eonay_reader_status_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_TEXT:
      g_value_set_string (value, eonay_reader_status_get_text (EONAY_READER_STATUS (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
eonay_reader_status_dispose (GObject *object)
{
  EonayReaderStatus *self = EONAY_READER_STATUS (object);

  if (self->readers != NULL)
    g_signal_handlers_disconnect_by_data (self->readers, self);
  if (self->candidates != NULL)
    g_signal_handlers_disconnect_by_data (self->candidates, self);
  g_clear_object (&self->readers);
  g_clear_object (&self->candidates);

  G_OBJECT_CLASS (eonay_reader_status_parent_class)->dispose (object);
}

static void
eonay_reader_status_class_init (EonayReaderStatusClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = eonay_reader_status_get_property;
  object_class->dispose = eonay_reader_status_dispose;

  properties[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, NULL,
                                               G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/eonay/Eonay/ui/eonay-reader-status.ui");
  gtk_widget_class_bind_template_child (widget_class, EonayReaderStatus, icon);
  gtk_widget_class_bind_template_child (widget_class, EonayReaderStatus, label);
  gtk_widget_class_bind_template_child (widget_class, EonayReaderStatus, remedy);
  gtk_widget_class_bind_template_child (widget_class, EonayReaderStatus, diagnostics);
  gtk_widget_class_bind_template_child (widget_class, EonayReaderStatus, retry);
  gtk_widget_class_bind_template_callback (widget_class, retry_cb);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_STATUS);
}

static void
eonay_reader_status_init (EonayReaderStatus *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
eonay_reader_status_set_readers (EonayReaderStatus *self, EonayReaderList *readers,
                                 EonayCandidateList *candidates)
{
  g_return_if_fail (EONAY_IS_READER_STATUS (self));
  g_return_if_fail (self->readers == NULL);

  self->readers = g_object_ref (readers);
  self->candidates = g_object_ref (candidates);
  g_signal_connect_object (readers, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (readers, "notify::service-state", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (candidates, "items-changed", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  update (self);
}

const char *
eonay_reader_status_get_text (EonayReaderStatus *self)
{
  g_return_val_if_fail (EONAY_IS_READER_STATUS (self), "");

  return gtk_label_get_label (self->label);
}

const char *
eonay_reader_status_get_remedy (EonayReaderStatus *self)
{
  g_return_val_if_fail (EONAY_IS_READER_STATUS (self), NULL);

  return gtk_widget_get_visible (GTK_WIDGET (self->remedy)) ? gtk_label_get_label (self->remedy)
                                                            : NULL;
}
