#include "signature/pades/host/eonay-pdf-survey.h"

/*
 * Layers (ISO 32000-1, clause 8.11): optional content groups, which the catalog lists. What is in the
 * list is one to some readers, whatever it calls itself.
 */

static gboolean
is_listed (EonayPdfSurvey *self, guint object)
{
  guint id = eonay_pdf_source_get_id (self->source, object, NULL);

  return id != 0 && g_hash_table_contains (self->layers, GUINT_TO_POINTER (id));
}

/* Whether the layer is shown as long as nothing else is said: TRUE, but for /BaseState, /ON and /OFF. */
static gboolean
is_shown (EonayPdfSurvey *self, guint object)
{
  guint id = eonay_pdf_source_get_id (self->source, object, NULL);
  gpointer is_on;

  return id != 0 && g_hash_table_lookup_extended (self->layers, GUINT_TO_POINTER (id), NULL, &is_on)
             ? is_on != NULL
             : !self->hides_layers;
}

/* @use: "Print" or "View". Returns: whether the layer is then shown */
static gboolean
read_state (EonayPdfSurvey *self, guint object, const char *use, const char *key)
{
  EonayPdfSource *source = self->source;
  guint usage = eonay_pdf_source_get (source, object, "Usage");
  guint of_use = eonay_pdf_source_get (source, usage, use);
  guint state = eonay_pdf_source_get (source, of_use, key);
  gboolean is_on = eonay_pdf_source_is_name (source, state, "ON") ||
                   (!eonay_pdf_source_is_name (source, state, "OFF") && is_shown (self, object));

  eonay_pdf_source_release (source, state);
  eonay_pdf_source_release (source, of_use);
  eonay_pdf_source_release (source, usage);

  return is_on;
}

static void
add_layer (EonayPdfSurvey *self, guint object)
{
  eonay_pdf_survey_add (self, EONAY_PDF_FINDING_OPTIONAL_CONTENT, 0);
  if (read_state (self, object, "Print", "PrintState") !=
      read_state (self, object, "View", "ViewState"))
    eonay_pdf_survey_add (self, EONAY_PDF_FINDING_CONTENT_STATE, 0);
}

void
eonay_pdf_survey_find_layer (EonayPdfSurvey *self, guint object)
{
  guint type = eonay_pdf_source_get (self->source, object, "Type");

  if (is_listed (self, object) || eonay_pdf_source_is_name (self->source, type, "OCG"))
    add_layer (self, object);
  eonay_pdf_source_release (self->source, type);
}

static void
set_states (EonayPdfSurvey *self, guint array, gboolean is_on, gboolean is_list)
{
  for (guint i = 0; i < eonay_pdf_source_get_length (self->source, array); i++)
    {
      guint item = eonay_pdf_source_get_item (self->source, array, i);
      guint id = eonay_pdf_source_get_id (self->source, item, NULL);

      if (id != 0 && (is_list || g_hash_table_contains (self->layers, GUINT_TO_POINTER (id))))
        g_hash_table_insert (self->layers, GUINT_TO_POINTER (id), GINT_TO_POINTER (is_on));
      eonay_pdf_source_release (self->source, item);
    }
}

void
eonay_pdf_survey_read_layers (EonayPdfSurvey *self)
{
  EonayPdfSource *source = self->source;
  guint properties = eonay_pdf_source_get (source, self->catalog, "OCProperties");
  guint usual = eonay_pdf_source_get (source, properties, "D");
  guint base = eonay_pdf_source_get (source, usual, "BaseState");

  self->hides_layers = eonay_pdf_source_is_name (source, base, "OFF");
  set_states (self, eonay_pdf_source_get (source, properties, "OCGs"), !self->hides_layers, TRUE);
  set_states (self, eonay_pdf_source_get (source, usual, "ON"), TRUE, FALSE);
  set_states (self, eonay_pdf_source_get (source, usual, "OFF"), FALSE, FALSE);
}
