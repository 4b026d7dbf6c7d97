#include "app/document/eonay-text-proof.h"

#include <string.h>

#include "base/eonay-error.h"

/* How long a step goes on, in microseconds; one line of the text may take some more. */
#define STEP 5000

/* A ligature, or a letter with its marks: more of one drawing hides what it is made of. */
#define CLUSTER_MAX 5

struct _EonayTextProof {
  GtkTextView *view;
  PangoAttrList *attributes;
  PangoContext *context;
  guint serial;
  int width;      /* of the text, in pixels */
  int margins[2]; /* left and right of it */
  int cursor_width;
  int next; /* the next line of the text to be proven */
  int y;    /* where it has to begin */
  GdkRectangle end;
  GdkRectangle ink;
};

static void
measure_width (GtkTextView *view, int cursor_width, int *width, int margins[2])
{
  GdkRectangle visible;

  gtk_text_view_get_visible_rect (view, &visible);
  margins[0] = gtk_text_view_get_left_margin (view);
  margins[1] = gtk_text_view_get_right_margin (view);
  *width = visible.width - margins[0] - margins[1] - cursor_width;
}

EonayTextProof *
eonay_text_proof_new (GtkTextView *view, PangoAttrList *attributes, int cursor_width)
{
  EonayTextProof *self = g_new0 (EonayTextProof, 1);

  self->view = view;
  self->attributes = pango_attr_list_ref (attributes);
  self->context = gtk_widget_create_pango_context (GTK_WIDGET (view));
  self->serial = pango_context_get_serial (gtk_widget_get_pango_context (GTK_WIDGET (view)));
  self->cursor_width = cursor_width;
  measure_width (view, cursor_width, &self->width, self->margins);

  return self;
}

void
eonay_text_proof_free (EonayTextProof *self)
{
  pango_attr_list_unref (self->attributes);
  g_object_unref (self->context);
  g_free (self);
}

static gboolean
is_blank (const char *text, const char *end)
{
  for (; text < end; text = g_utf8_next_char (text))
    if (!g_unichar_isspace (g_utf8_get_char (text)))
      return FALSE;

  return TRUE;
}

/* A mark from another font than its letter's is a drawing by itself, over the letter. */
static gboolean
is_marks (const char *text, const char *end)
{
  for (; text < end; text = g_utf8_next_char (text))
    if (!g_unichar_ismark (g_utf8_get_char (text)))
      return FALSE;

  return TRUE;
}

static EonayTextProofState
fail (EonaySessionError code, int line, const char *why, GError **error)
{
  g_set_error (error, EONAY_SESSION_ERROR, (int) code, "Line %d of the text: %s", line + 1, why);

  return EONAY_TEXT_PROOF_FAILS;
}

/* @i: at a cluster that ends before @end; @line_y: top and bottom of its line on screen */
static const char *
find_fault (EonayTextProof *self, PangoLayoutIter *i, const char *text, const char *end,
            const int line_y[2])
{
  const int width = self->width * PANGO_SCALE;
  const int slack = (line_y[1] - line_y[0]) / 3;
  PangoRectangle ink;
  PangoRectangle logical;

  pango_layout_iter_get_cluster_extents (i, &ink, &logical);
  if (logical.x < 0 || logical.width < 0)
    return "a character leaves the view on the left";
  if (is_blank (text, end))
    {
      if (logical.x > width + self->margins[1] * PANGO_SCALE)
        return "a blank leaves the view on the right";
      return NULL;
    }

  if (g_utf8_strlen (text, end - text) > CLUSTER_MAX)
    return "too many characters are one drawing";
  if (logical.width == 0 && !is_marks (text, end))
    return "a character has no width";
  if (ink.width <= 0 || ink.height <= 0)
    return "a character has no ink";
  if (logical.x + logical.width > width + PANGO_SCALE)
    return "a character leaves the view on the right";
  if (ink.x < -self->margins[0] * PANGO_SCALE ||
      ink.x + ink.width > width + self->margins[1] * PANGO_SCALE)
    return "a character is drawn over the edge";
  if (ink.y < line_y[0] - slack || ink.y + ink.height > line_y[1] + slack)
    return "a character is drawn over another line";

  return NULL;
}

/* Where the line on screen that begins at byte @index begins in the view, too. */
static gboolean
breaks_in_view (EonayTextProof *self, int line, int index)
{
  GtkTextIter iter;

  gtk_text_buffer_get_iter_at_line_index (gtk_text_view_get_buffer (self->view), &iter, line,
                                          index);

  return gtk_text_iter_get_line_index (&iter) == index &&
         gtk_text_view_starts_display_line (self->view, &iter);
}

/* Every cluster of @text; @top: of its first line, in buffer coordinates. */
static EonayTextProofState
prove_clusters (EonayTextProof *self, PangoLayout *layout, int number, int top, GError **error)
{
  g_autoptr (PangoLayoutIter) i = pango_layout_get_iter (layout);
  const char *text = pango_layout_get_text (layout);
  PangoLayoutLine *line = NULL;
  int line_y[2];

  do
    {
      PangoLayoutLine *now = pango_layout_iter_get_line_readonly (i);
      int start = pango_layout_iter_get_index (i);
      g_autoptr (PangoLayoutIter) next = pango_layout_iter_copy (i);
      int end = now->start_index + now->length;
      const char *fault;

      if (now != line)
        {
          line = now;
          pango_layout_iter_get_line_yrange (i, &line_y[0], &line_y[1]);
          self->end = (GdkRectangle){ 0, top + PANGO_PIXELS_FLOOR (line_y[0]), self->width,
                                      PANGO_PIXELS_CEIL (line_y[1] - line_y[0]) };
          if (!breaks_in_view (self, number, now->start_index))
            return EONAY_TEXT_PROOF_WAITING;
        }
      if (pango_layout_iter_get_run_readonly (i) == NULL)
        continue;

      if (pango_layout_iter_next_cluster (next) &&
          pango_layout_iter_get_line_readonly (next) == now &&
          pango_layout_iter_get_run_readonly (next) != NULL)
        end = pango_layout_iter_get_index (next);
      fault = end <= start ? "the order of its characters is turned"
                           : find_fault (self, i, text + start, text + end, line_y);
      if (fault != NULL)
        return fail (EONAY_SESSION_ERROR_TEXT_NOT_DRAWN, number, fault, error);
      if (!is_blank (text + start, text + end))
        self->ink = self->end;
    }
  while (pango_layout_iter_next_cluster (i));

  return EONAY_TEXT_PROOF_HOLDS;
}

/* Line @number of the text, from @start. */
static EonayTextProofState
prove_line (EonayTextProof *self, int number, const GtkTextIter *start, GError **error)
{
  g_autoptr (PangoLayout) layout = pango_layout_new (self->context);
  g_autofree char *text = NULL;
  GtkTextIter end = *start;
  PangoRectangle extents;
  int shown;
  int y;

  gtk_text_view_get_line_yrange (self->view, start, &y, &shown);
  self->end = (GdkRectangle){ 0, y, self->width, shown };
  if (y != self->y || shown <= 0)
    return EONAY_TEXT_PROOF_WAITING;

  self->y += shown;
  if (gtk_text_iter_ends_line (&end))
    return EONAY_TEXT_PROOF_HOLDS;

  gtk_text_iter_forward_to_line_end (&end);
  text = gtk_text_iter_get_slice (start, &end);
  pango_layout_set_text (layout, text, -1);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_width (layout, self->width * PANGO_SCALE);
  pango_layout_set_attributes (layout, self->attributes);

  /* The view rounds it, in one way or another. */
  pango_layout_get_extents (layout, NULL, &extents);
  if (ABS (shown - PANGO_PIXELS (extents.height)) > 1)
    return EONAY_TEXT_PROOF_WAITING;
  if (pango_layout_get_unknown_glyphs_count (layout) > 0)
    return fail (EONAY_SESSION_ERROR_TEXT_NO_GLYPH, number, "no font has a character", error);

  return prove_clusters (self, layout, number, y, error);
}

EonayTextProofState
eonay_text_proof_step (EonayTextProof *self, GError **error)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->view);
  int n_lines = gtk_text_buffer_get_line_count (buffer);
  gint64 until = g_get_monotonic_time () + STEP;

  if (!eonay_text_proof_is_current (self))
    return EONAY_TEXT_PROOF_WAITING;

  do
    {
      EonayTextProofState state;
      GtkTextIter start;

      gtk_text_buffer_get_iter_at_line (buffer, &start, self->next);
      state = prove_line (self, self->next, &start, error);
      if (state != EONAY_TEXT_PROOF_HOLDS || ++self->next >= n_lines)
        return state;
    }
  while (g_get_monotonic_time () < until);

  return EONAY_TEXT_PROOF_RUNNING;
}

gboolean
eonay_text_proof_is_current (EonayTextProof *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->view);
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (self->view));
  int margins[2];
  int width;
  int y;
  int height;
  GtkTextIter end;

  measure_width (self->view, self->cursor_width, &width, margins);
  if (width != self->width || memcmp (margins, self->margins, sizeof margins) != 0 ||
      pango_context_get_serial (context) != self->serial)
    return FALSE;
  if (self->next < gtk_text_buffer_get_line_count (buffer))
    return TRUE;

  gtk_text_buffer_get_end_iter (buffer, &end);
  gtk_text_view_get_line_yrange (self->view, &end, &y, &height);

  return y + height == self->y;
}

void
eonay_text_proof_get_end (EonayTextProof *self, GdkRectangle *line, GdkRectangle *ink)
{
  *line = self->end;
  *ink = self->ink;
}
