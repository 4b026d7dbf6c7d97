#include "app/document/eonay-drawn-text.h"

#include "app/document/eonay-text-proof.h"
#include "base/eonay-error.h"

#define LINE_HEIGHT 1.4f

/* A view that has laid out all of its text and still differs from the proof this often is wrong. */
#define ATTEMPTS_MAX 8

struct _EonayDrawnText {
  GtkTextView parent_instance;

  PangoAttrList *attributes;
  EonayTextProof *proof;
  gboolean holds;
  GError *fault;
  guint source;
  guint tick; /* after which the next attempt is made */
  guint attempts;

  gboolean waits_for_end; /* the end of this text has not been drawn yet */
  gboolean was_in_view;   /* when it was drawn last, the end was in view */
  gboolean has_end;       /* the frame that is being painted draws the end */
  GdkFrameClock *clock;   /* tells when a frame is painted, while the view is mapped */
  gulong painted;
};

static guint judged_signal;
static guint end_drawn_signal;

G_DEFINE_FINAL_TYPE (EonayDrawnText, eonay_drawn_text, GTK_TYPE_TEXT_VIEW)

static gboolean
has_text (EonayDrawnText *self)
{
  return gtk_text_buffer_get_char_count (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self))) > 0;
}

static void
judge (EonayDrawnText *self, gboolean holds, GError *fault)
{
  self->holds = holds;
  g_clear_error (&self->fault);
  self->fault = fault;
  /* What is on screen already counts only in a frame that is painted from now on. */
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit (self, judged_signal, 0);
}

static void start_steps (EonayDrawnText *self);

static gboolean
tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  EonayDrawnText *self = EONAY_DRAWN_TEXT (widget);

  self->tick = 0;
  start_steps (self);

  return G_SOURCE_REMOVE;
}

static gboolean
step_cb (gpointer user_data)
{
  EonayDrawnText *self = user_data;
  GError *fault = NULL;

  if (self->proof == NULL)
    self->proof = eonay_text_proof_new (GTK_TEXT_VIEW (self), self->attributes,
                                        self->attempts % 2 == 0 ? 1 : 0);

  switch (eonay_text_proof_step (self->proof, &fault))
    {
    case EONAY_TEXT_PROOF_RUNNING:
      return G_SOURCE_CONTINUE;
    case EONAY_TEXT_PROOF_WAITING:
      g_clear_pointer (&self->proof, eonay_text_proof_free);
      if (++self->attempts < ATTEMPTS_MAX)
        {
          self->source = 0;
          self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), tick_cb, NULL, NULL);
          return G_SOURCE_REMOVE;
        }
      fault = g_error_new_literal (EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_TEXT_NOT_DRAWN,
                                   "The view lays the text out in another way");
      break;
    case EONAY_TEXT_PROOF_HOLDS:
    case EONAY_TEXT_PROOF_FAILS:
      break;
    }

  self->source = 0;
  judge (self, fault == NULL, fault);

  return G_SOURCE_REMOVE;
}

/* Below the text view's own layout in priority, so that this has an end to compare with. */
static void
start_steps (EonayDrawnText *self)
{
  self->source = g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, step_cb, self, NULL);
}

static void
drop_proof (EonayDrawnText *self)
{
  self->holds = FALSE;
  self->attempts = 0;
  self->has_end = FALSE;
  g_clear_handle_id (&self->source, g_source_remove);
  if (self->tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick);
  self->tick = 0;
  g_clear_pointer (&self->proof, eonay_text_proof_free);
}

static void
begin_proof (EonayDrawnText *self)
{
  drop_proof (self);
  if (has_text (self) && gtk_widget_get_mapped (GTK_WIDGET (self)) &&
      gtk_widget_get_width (GTK_WIDGET (self)) > 0)
    start_steps (self);
}

/* What of the widget is not cut off by what is around it, in its own coordinates. */
static gboolean
get_uncovered (GtkWidget *widget, graphene_rect_t *uncovered)
{
  graphene_rect_init (uncovered, 0, 0, (float) gtk_widget_get_width (widget),
                      (float) gtk_widget_get_height (widget));

  for (GtkWidget *up = gtk_widget_get_parent (widget); up != NULL; up = gtk_widget_get_parent (up))
    {
      graphene_rect_t bounds;
      graphene_point_t origin;

      if (!gtk_widget_compute_point (up, widget, &GRAPHENE_POINT_INIT (0, 0), &origin))
        return FALSE;

      graphene_rect_init (&bounds, origin.x, origin.y, (float) gtk_widget_get_width (up),
                          (float) gtk_widget_get_height (up));
      if (!graphene_rect_intersection (uncovered, &bounds, uncovered))
        return FALSE;
    }

  return TRUE;
}

static graphene_rect_t
to_widget (EonayDrawnText *self, const GdkRectangle *line)
{
  int x;
  int y;

  gtk_text_view_buffer_to_window_coords (GTK_TEXT_VIEW (self), GTK_TEXT_WINDOW_WIDGET, line->x,
                                         line->y, &x, &y);

  return GRAPHENE_RECT_INIT ((float) x, (float) y, (float) line->width, (float) line->height);
}

/* Whether @node draws letters within @line. */
static gboolean
draws_text (const GskRenderNode *node, const graphene_rect_t *line, graphene_point_t at)
{
  graphene_rect_t bounds;

  switch (gsk_render_node_get_node_type (node))
    {
    case GSK_TEXT_NODE:
      gsk_render_node_get_bounds ((GskRenderNode *) node, &bounds);
      graphene_rect_offset (&bounds, at.x, at.y);
      return graphene_rect_get_width (&bounds) > 0 &&
             graphene_rect_intersection (&bounds, line, NULL);
    case GSK_CONTAINER_NODE:
      for (guint i = 0; i < gsk_container_node_get_n_children (node); i++)
        if (draws_text (gsk_container_node_get_child (node, i), line, at))
          return TRUE;
      return FALSE;
    case GSK_CLIP_NODE:
      return draws_text (gsk_clip_node_get_child (node), line, at);
    case GSK_DEBUG_NODE:
      return draws_text (gsk_debug_node_get_child (node), line, at);
      case GSK_TRANSFORM_NODE: {
        GskTransform *transform = gsk_transform_node_get_transform (node);
        float x;
        float y;

        if (gsk_transform_get_category (transform) < GSK_TRANSFORM_CATEGORY_2D_TRANSLATE)
          return FALSE;
        gsk_transform_to_translate (transform, &x, &y);
        at.x += x;
        at.y += y;
        return draws_text (gsk_transform_node_get_child (node), line, at);
      }
    default:
      return FALSE;
    }
}

/* Whether the last line of the proven text is whole in what is not cut off, @uncovered. */
static gboolean
is_end_in_view (EonayDrawnText *self, graphene_rect_t *uncovered)
{
  graphene_rect_t last;
  GdkRectangle line;
  GdkRectangle ink;

  if (!self->holds || !get_uncovered (GTK_WIDGET (self), uncovered))
    return FALSE;

  eonay_text_proof_get_end (self->proof, &line, &ink);
  last = to_widget (self, &line);

  return graphene_rect_contains_rect (uncovered, &last);
}

/* Whether @node, what this frame draws of the view, has the end of the text in it. */
static gboolean
draws_end (EonayDrawnText *self, const GskRenderNode *node)
{
  graphene_rect_t uncovered;
  graphene_rect_t letters;
  GdkRectangle line;
  GdkRectangle ink;

  self->was_in_view = is_end_in_view (self, &uncovered);
  if (!self->was_in_view)
    return FALSE;

  eonay_text_proof_get_end (self->proof, &line, &ink);
  letters = to_widget (self, &ink);

  /* Blank lines at the end draw nothing; what stands before them may be out of view. */
  return ink.height == 0 || !graphene_rect_contains_rect (&uncovered, &letters) ||
         draws_text (node, &letters, GRAPHENE_POINT_INIT (0, 0));
}

static void
painted_cb (EonayDrawnText *self)
{
  gboolean has_end = self->has_end;
  graphene_rect_t uncovered;

  self->has_end = FALSE;
  if (!self->waits_for_end || !self->holds || !eonay_text_proof_is_current (self->proof))
    return;

  if (has_end)
    {
      self->waits_for_end = FALSE;
      g_signal_emit (self, end_drawn_signal, 0);
    }
  else if (!self->was_in_view && is_end_in_view (self, &uncovered))
    {
      /* It came into view as it was drawn before, with a page that slid in. */
      gtk_widget_queue_draw (GTK_WIDGET (self));
    }
}

static void
eonay_drawn_text_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  EonayDrawnText *self = EONAY_DRAWN_TEXT (widget);
  GtkSnapshot *own = gtk_snapshot_new ();
  GskRenderNode *node;

  GTK_WIDGET_CLASS (eonay_drawn_text_parent_class)->snapshot (widget, own);
  node = gtk_snapshot_free_to_node (own);
  if (node == NULL)
    return;

  gtk_snapshot_append_node (snapshot, node);
  if (self->holds && !eonay_text_proof_is_current (self->proof))
    begin_proof (self);
  else if (self->holds && self->waits_for_end)
    self->has_end = draws_end (self, node);
  gsk_render_node_unref (node);
}

static void
eonay_drawn_text_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  EonayDrawnText *self = EONAY_DRAWN_TEXT (widget);

  GTK_WIDGET_CLASS (eonay_drawn_text_parent_class)->size_allocate (widget, width, height, baseline);
  if (self->proof == NULL ? self->source == 0 && self->tick == 0
                          : !eonay_text_proof_is_current (self->proof))
    begin_proof (self);
}

static void
eonay_drawn_text_map (GtkWidget *widget)
{
  EonayDrawnText *self = EONAY_DRAWN_TEXT (widget);

  GTK_WIDGET_CLASS (eonay_drawn_text_parent_class)->map (widget);
  self->clock = g_object_ref (gtk_widget_get_frame_clock (widget));
  self->painted = g_signal_connect_swapped (self->clock, "after-paint", G_CALLBACK (painted_cb),
                                            self);
  if (!self->holds)
    begin_proof (self);
}

static void
eonay_drawn_text_unmap (GtkWidget *widget)
{
  EonayDrawnText *self = EONAY_DRAWN_TEXT (widget);

  self->has_end = FALSE;
  g_clear_signal_handler (&self->painted, self->clock);
  g_clear_object (&self->clock);
  GTK_WIDGET_CLASS (eonay_drawn_text_parent_class)->unmap (widget);
}

/* Without a caret the keys would only scroll, and a screen reader say nothing of what they lead to. */
static void
eonay_drawn_text_move_cursor (GtkTextView *view, GtkMovementStep step, int count,
                              gboolean extends_selection)
{
  gtk_text_view_set_cursor_visible (view, TRUE);
  GTK_TEXT_VIEW_CLASS (eonay_drawn_text_parent_class)
      ->move_cursor (view, step, count, extends_selection);
}

static void
eonay_drawn_text_dispose (GObject *object)
{
  EonayDrawnText *self = EONAY_DRAWN_TEXT (object);

  drop_proof (self);
  g_clear_error (&self->fault);
  g_clear_pointer (&self->attributes, pango_attr_list_unref);

  G_OBJECT_CLASS (eonay_drawn_text_parent_class)->dispose (object);
}

static void
eonay_drawn_text_class_init (EonayDrawnTextClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = eonay_drawn_text_dispose;
  widget_class->snapshot = eonay_drawn_text_snapshot;
  widget_class->size_allocate = eonay_drawn_text_size_allocate;
  widget_class->map = eonay_drawn_text_map;
  widget_class->unmap = eonay_drawn_text_unmap;
  GTK_TEXT_VIEW_CLASS (klass)->move_cursor = eonay_drawn_text_move_cursor;

  judged_signal = g_signal_new ("judged", EONAY_TYPE_DRAWN_TEXT, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
  end_drawn_signal = g_signal_new ("end-drawn", EONAY_TYPE_DRAWN_TEXT, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
eonay_drawn_text_init (EonayDrawnText *self)
{
  self->attributes = pango_attr_list_new ();
  pango_attr_list_insert (self->attributes, pango_attr_line_height_new (LINE_HEIGHT));
  pango_attr_list_insert (self->attributes, pango_attr_insert_hyphens_new (FALSE));

  gtk_text_view_set_editable (GTK_TEXT_VIEW (self), FALSE);
  gtk_text_view_set_cursor_visible (GTK_TEXT_VIEW (self), FALSE);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (self), FALSE);
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (self), GTK_WRAP_WORD_CHAR);
  /* A hyphen would be ink that is not in the text. */
  gtk_text_buffer_create_tag (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self)), "text",
                              "line-height", LINE_HEIGHT, "insert-hyphens", FALSE, NULL);
}

void
eonay_drawn_text_set_text (EonayDrawnText *self, const char *text)
{
  GtkTextBuffer *buffer;
  GtkTextIter start;

  g_return_if_fail (EONAY_IS_DRAWN_TEXT (self));

  drop_proof (self);
  g_clear_error (&self->fault);
  self->waits_for_end = *text != '\0';

  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));
  gtk_text_buffer_set_text (buffer, "", -1);
  gtk_text_buffer_get_start_iter (buffer, &start);
  gtk_text_buffer_insert_with_tags_by_name (buffer, &start, text, -1, "text", NULL);
  gtk_text_buffer_get_start_iter (buffer, &start);
  gtk_text_buffer_place_cursor (buffer, &start);
  gtk_text_view_set_cursor_visible (GTK_TEXT_VIEW (self), FALSE);
  begin_proof (self);
}

const GError *
eonay_drawn_text_get_fault (EonayDrawnText *self)
{
  g_return_val_if_fail (EONAY_IS_DRAWN_TEXT (self), NULL);

  return self->fault;
}

gboolean
eonay_drawn_text_is_proven (EonayDrawnText *self)
{
  g_return_val_if_fail (EONAY_IS_DRAWN_TEXT (self), FALSE);

  return self->holds && eonay_text_proof_is_current (self->proof);
}
