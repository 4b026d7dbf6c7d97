#include "app/sign/eonay-certificate-chooser.h"

#include <glib/gi18n-lib.h>

#include "app/sign/eonay-certificate-row.h"

struct _EonayCertificateChooser {
  AdwBin parent_instance;

  AdwPreferencesGroup *group;
  AdwActionRow *empty_row;

  EonayCandidateList *candidates;
  char *last_used;
  GPtrArray *rows;
  EonayCandidate *candidate;
  gboolean rebuilding;
};

enum {
  PROP_0,
  PROP_CANDIDATE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (EonayCertificateChooser, eonay_certificate_chooser, ADW_TYPE_BIN)

static void
choose (EonayCertificateChooser *self, EonayCandidate *candidate)
{
  if (g_set_object (&self->candidate, candidate))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CANDIDATE]);
}

static void
toggled_cb (EonayCertificateRow *row)
{
  GtkWidget *ancestor = gtk_widget_get_ancestor (GTK_WIDGET (row), EONAY_TYPE_CERTIFICATE_CHOOSER);
  EonayCertificateChooser *self = EONAY_CERTIFICATE_CHOOSER (ancestor);

  if (self != NULL && !self->rebuilding &&
      gtk_check_button_get_active (eonay_certificate_row_get_radio (row)))
    choose (self, eonay_certificate_row_get_candidate (row));
}

static void
show_choice (EonayCertificateChooser *self)
{
  self->rebuilding = TRUE;
  for (guint i = 0; i < self->rows->len; i++)
    {
      EonayCertificateRow *row = g_ptr_array_index (self->rows, i);

      gtk_check_button_set_active (eonay_certificate_row_get_radio (row),
                                   eonay_certificate_row_get_candidate (row) == self->candidate);
    }
  self->rebuilding = FALSE;
}

static void
remove_rows (EonayCertificateChooser *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->group, g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
}

static gboolean
same_certificate (EonayCandidate *a, EonayCandidate *b)
{
  return g_str_equal (eonay_certificate_get_fingerprint (eonay_candidate_get_certificate (a)),
                      eonay_certificate_get_fingerprint (eonay_candidate_get_certificate (b)));
}

/* What the person chose stays chosen while it can, even when its object was made anew. */
static EonayCandidate *
find_choice (EonayCertificateChooser *self)
{
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->candidates));

  for (guint i = 0; self->candidate != NULL && i < n_items; i++)
    {
      g_autoptr (EonayCandidate) item = g_list_model_get_item (G_LIST_MODEL (self->candidates), i);

      if (eonay_candidate_is_usable (item) && same_certificate (item, self->candidate))
        return item;
    }

  return eonay_candidate_list_find_best (self->candidates, self->last_used);
}

static void
rebuild (EonayCertificateChooser *self)
{
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->candidates));
  guint n_usable = eonay_candidate_list_count_usable (self->candidates);

  self->rebuilding = TRUE;
  remove_rows (self);
  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr (EonayCandidate) item = g_list_model_get_item (G_LIST_MODEL (self->candidates), i);
      EonayCertificateRow *first = i > 0 ? g_ptr_array_index (self->rows, 0) : NULL;
      GtkWidget *row = eonay_certificate_row_new (item, first, n_usable > 1);

      g_signal_connect_object (eonay_certificate_row_get_radio (EONAY_CERTIFICATE_ROW (row)),
                               "toggled", G_CALLBACK (toggled_cb), row, G_CONNECT_SWAPPED);
      adw_preferences_group_add (self->group, row);
      g_ptr_array_add (self->rows, row);
    }
  self->rebuilding = FALSE;

  gtk_widget_set_visible (GTK_WIDGET (self->empty_row), n_items == 0);
  choose (self, find_choice (self));
  show_choice (self);
}

static void
eonay_certificate_chooser_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_CANDIDATE:
      g_value_set_object (value, EONAY_CERTIFICATE_CHOOSER (object)->candidate);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
eonay_certificate_chooser_dispose (GObject *object)
{
  EonayCertificateChooser *self = EONAY_CERTIFICATE_CHOOSER (object);

  if (self->candidates != NULL)
    g_signal_handlers_disconnect_by_data (self->candidates, self);
  g_clear_object (&self->candidates);
  g_clear_object (&self->candidate);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->last_used, g_free);

  G_OBJECT_CLASS (eonay_certificate_chooser_parent_class)->dispose (object);
}

static void
eonay_certificate_chooser_class_init (EonayCertificateChooserClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = eonay_certificate_chooser_get_property;
  object_class->dispose = eonay_certificate_chooser_dispose;

  properties[PROP_CANDIDATE] = g_param_spec_object ("candidate", NULL, NULL, EONAY_TYPE_CANDIDATE,
                                                    G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/eonay/Eonay/ui/eonay-certificate-chooser.ui");
  gtk_widget_class_bind_template_child (widget_class, EonayCertificateChooser, group);
  gtk_widget_class_bind_template_child (widget_class, EonayCertificateChooser, empty_row);
}

static void
eonay_certificate_chooser_init (EonayCertificateChooser *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
eonay_certificate_chooser_set_candidates (EonayCertificateChooser *self,
                                          EonayCandidateList *candidates, const char *last_used)
{
  g_return_if_fail (EONAY_IS_CERTIFICATE_CHOOSER (self));
  g_return_if_fail (EONAY_IS_CANDIDATE_LIST (candidates));

  g_free (self->last_used);
  self->last_used = g_strdup (last_used);
  if (g_set_object (&self->candidates, candidates))
    g_signal_connect_object (candidates, "items-changed", G_CALLBACK (rebuild), self,
                             G_CONNECT_SWAPPED);
  rebuild (self);
}

EonayCandidate *
eonay_certificate_chooser_get_candidate (EonayCertificateChooser *self)
{
  g_return_val_if_fail (EONAY_IS_CERTIFICATE_CHOOSER (self), NULL);

  return self->candidate;
}

const char *
eonay_certificate_chooser_get_obstacle (EonayCertificateChooser *self)
{
  g_return_val_if_fail (EONAY_IS_CERTIFICATE_CHOOSER (self), NULL);

  if (self->candidate != NULL)
    return NULL;

  return self->rows->len > 0 && eonay_candidate_list_count_usable (self->candidates) == 0
             ? _ ("None of these certificates can sign.")
             : _ ("Choose a certificate.");
}

void
eonay_certificate_chooser_set_candidate (EonayCertificateChooser *self, EonayCandidate *candidate)
{
  g_return_if_fail (EONAY_IS_CERTIFICATE_CHOOSER (self));
  g_return_if_fail (candidate == NULL || eonay_candidate_is_usable (candidate));

  choose (self, candidate);
  show_choice (self);
}

void
eonay_certificate_chooser_set_reader_status (EonayCertificateChooser *self, const char *status,
                                             const char *remedy)
{
  g_return_if_fail (EONAY_IS_CERTIFICATE_CHOOSER (self));

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->empty_row), status);
  adw_action_row_set_subtitle (
      self->empty_row, remedy != NULL ? remedy : _ ("The certificates on your card appear here."));
}
