#include "app/document/eonay-page-view-private.h"

#include <glib/gi18n-lib.h>

/* Selecting and copying the text of an EonayPageView, and what its links say. */

/* Pages whose text and links are kept. */
#define KEPT_TEXTS 64

#define PRIORITY_TEXT 1
#define PRIORITY_LINKS 3

/* Of the way that the pointer is outside of the view, in a frame. */
#define DRAG_SPEED 0.2

static void
answer_free (gpointer answer)
{
  eonay_page_answer_free (answer);
}

static void
text_free (gpointer text)
{
  eonay_page_text_free (text);
}

/* One request for a page's text or links. */
typedef struct {
  EonayPageView *view; /* (transfer none): not read once it is cancelled */
  guint page;
  GHashTable *table;
} Fetch;

static void
on_fetched (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Fetch *fetch = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (EonayPageAnswer) answer = eonay_page_source_ask_finish (EONAY_PAGE_SOURCE (source),
                                                                     result, &error);
  gpointer key = GUINT_TO_POINTER (fetch->page);

  if (answer == NULL)
    return;

  if (fetch->table == fetch->view->texts)
    g_hash_table_insert (fetch->table, key, eonay_page_text_new (answer));
  else
    g_hash_table_insert (fetch->table, key, g_steal_pointer (&answer));
  gtk_widget_queue_draw (GTK_WIDGET (fetch->view));
}

static void
fetch (EonayPageView *self, GHashTable *table, EonayPageAsk ask, guint page, int priority)
{
  EonayPageRequest *request;
  Fetch *fetch;

  if (g_hash_table_contains (table, GUINT_TO_POINTER (page)))
    return;
  if (g_hash_table_size (table) >= KEPT_TEXTS)
    g_hash_table_remove_all (table);
  /* Until it comes, or for ever if it does not. */
  g_hash_table_insert (table, GUINT_TO_POINTER (page), NULL);

  request = eonay_page_request_new (ask);
  request->page = page;
  fetch = g_new0 (Fetch, 1);
  *fetch = (Fetch){ .view = self, .page = page, .table = table };
  eonay_page_source_ask_async (self->source, request, priority, self->cancellable, on_fetched,
                               fetch);
}

void
eonay_page_view_fetch_links (EonayPageView *self)
{
  guint first;
  guint last;

  if (!eonay_page_view_get_range (self, &first, &last))
    return;

  for (guint page = first; page <= last; page++)
    {
      fetch (self, self->links, EONAY_PAGE_ASK_LINKS, page, PRIORITY_LINKS);
      fetch (self, self->texts, EONAY_PAGE_ASK_TEXT, page, PRIORITY_LINKS);
    }
}

static int
compare (EonayPagePosition one, EonayPagePosition other)
{
  if (one.page != other.page)
    return one.page < other.page ? -1 : 1;

  return one.index < other.index ? -1 : one.index > other.index ? 1 : 0;
}

gboolean
eonay_page_view_has_selection (EonayPageView *self)
{
  return self->layout != NULL && compare (self->anchor, self->cursor) != 0;
}

static void
get_ends (EonayPageView *self, EonayPagePosition *start, EonayPagePosition *end)
{
  gboolean forward = compare (self->anchor, self->cursor) <= 0;

  *start = forward ? self->anchor : self->cursor;
  *end = forward ? self->cursor : self->anchor;
}

gboolean
eonay_page_view_get_selected (EonayPageView *self, guint page, guint *start, guint *end)
{
  EonayPagePosition from;
  EonayPagePosition to;

  get_ends (self, &from, &to);
  if (page < from.page || page > to.page || !eonay_page_view_has_selection (self))
    return FALSE;

  *start = page == from.page ? from.index : 0;
  *end = page == to.page ? to.index : G_MAXUINT;

  return TRUE;
}

static void
select_range (EonayPageView *self, EonayPagePosition anchor, EonayPagePosition cursor)
{
  gboolean before = eonay_page_view_has_selection (self);

  self->anchor = anchor;
  self->cursor = cursor;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  if (before != eonay_page_view_has_selection (self))
    eonay_page_view_notify_selection (self);
}

/* Returns: whether the text there is known */
static gboolean
find_position (EonayPageView *self, double x, double y, EonayPagePosition *position)
{
  EonayPageText *text;
  double page_x;
  double page_y;
  guint page;

  eonay_page_view_to_page_coordinates (self, x, y, &page, &page_x, &page_y);
  text = self->layout != NULL ? g_hash_table_lookup (self->texts, GUINT_TO_POINTER (page)) : NULL;
  if (text == NULL)
    return FALSE;

  *position = (EonayPagePosition){ page, eonay_page_text_find (text, page_x, page_y) };

  return TRUE;
}

/* Returns: (transfer none) (nullable): the link at a place of the view */
static const EonayPageLink *
find_link (EonayPageView *self, double x, double y)
{
  const EonayPageAnswer *answer;
  double page_x;
  double page_y;
  guint page;

  if (!eonay_page_view_to_page_coordinates (self, x, y, &page, &page_x, &page_y))
    return NULL;

  answer = g_hash_table_lookup (self->links, GUINT_TO_POINTER (page));
  for (guint i = 0; answer != NULL && answer->links != NULL && i < answer->links->len; i++)
    {
      const EonayPageLink *link = answer->links->pdata[i];
      const EonayPageArea *area = &link->area;

      if (page_x >= area->x && page_x <= area->x + area->width && page_y >= area->y &&
          page_y <= area->y + area->height)
        return link;
    }

  return NULL;
}

static char *
describe_link (const EonayPageLink *link)
{
  switch (link->kind)
    {
    case EONAY_PAGE_LINK_URI:
      return g_strdup_printf (_ ("Link, not followed here: %s"), link->target);
    case EONAY_PAGE_LINK_PAGE:
      return g_strdup_printf (_ ("Points to page %s"), link->target);
    case EONAY_PAGE_LINK_FILE:
      return g_strdup_printf (_ ("Link to another file, not opened here: %s"), link->target);
    case EONAY_PAGE_LINK_LAUNCH:
      return g_strdup_printf (_ ("Would start a program, not done here: %s"), link->target);
    case EONAY_PAGE_LINK_SCRIPT:
      return g_strdup (_ ("Would run a script, not done here"));
    case EONAY_PAGE_LINK_OTHER:
    default:
      return g_strdup (_ ("A link of another kind, not followed here"));
    }
}

static gboolean
query_tooltip_cb (EonayPageView *self, int x, int y, gboolean by_keyboard, GtkTooltip *tooltip)
{
  const EonayPageLink *link = by_keyboard ? NULL : find_link (self, x, y);
  g_autofree char *text = link != NULL ? describe_link (link) : NULL;

  if (text == NULL)
    return FALSE;

  gtk_tooltip_set_text (tooltip, text);

  return TRUE;
}

static void
show_pointer (EonayPageView *self, double x, double y)
{
  EonayPageText *text;
  double page_x;
  double page_y;
  guint page;
  gboolean is_text;

  is_text = eonay_page_view_to_page_coordinates (self, x, y, &page, &page_x, &page_y);
  text = is_text ? g_hash_table_lookup (self->texts, GUINT_TO_POINTER (page)) : NULL;
  is_text = text != NULL && eonay_page_text_is_at (text, page_x, page_y);
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), is_text ? "text" : NULL);
}

static void
motion_cb (EonayPageView *self, double x, double y)
{
  self->pointer_x = x;
  self->pointer_y = y;
  show_pointer (self, x, y);
}

static void
extend_to (EonayPageView *self, double x, double y)
{
  EonayPagePosition position;

  if (find_position (self, x, y, &position))
    select_range (self, self->anchor, position);
}

/* While the pointer is held outside of the view, what is selected goes on there. */
static gboolean
drag_tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  EonayPageView *self = EONAY_PAGE_VIEW (widget);
  double height = gtk_widget_get_height (widget);
  double beyond = MIN (self->pointer_y, 0) + MAX (self->pointer_y - height, 0);

  if (beyond != 0)
    {
      eonay_page_view_scroll (self, GTK_ORIENTATION_VERTICAL, beyond * DRAG_SPEED);
      extend_to (self, self->pointer_x, CLAMP (self->pointer_y, 0, height));
    }

  return G_SOURCE_CONTINUE;
}

static void
stop_dragging (EonayPageView *self)
{
  if (self->drag_tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->drag_tick);
  self->drag_tick = 0;
}

static void
drag_update_cb (EonayPageView *self, double dx, double dy, GtkGestureDrag *drag)
{
  double x;
  double y;

  gtk_gesture_drag_get_start_point (drag, &x, &y);
  self->pointer_x = x + dx;
  self->pointer_y = y + dy;
  extend_to (self, x + dx, y + dy);
}

/* A finger scrolls. */
static gboolean
is_touch (GtkGesture *gesture)
{
  GdkDevice *device =
      gtk_event_controller_get_current_event_device (GTK_EVENT_CONTROLLER (gesture));

  return device != NULL && gdk_device_get_source (device) == GDK_SOURCE_TOUCHSCREEN;
}

static void
drag_begin_cb (EonayPageView *self, double x, double y, GtkGestureDrag *drag)
{
  EonayPagePosition position;

  if (is_touch (GTK_GESTURE (drag)) || !find_position (self, x, y, &position))
    {
      gtk_gesture_set_state (GTK_GESTURE (drag), GTK_EVENT_SEQUENCE_DENIED);
      return;
    }

  select_range (self, position, position);
  if (self->drag_tick == 0)
    self->drag_tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), drag_tick_cb, NULL, NULL);
}

static void
pressed_cb (EonayPageView *self, int n_presses, double x, double y)
{
  EonayPagePosition position;
  EonayPageText *text;
  guint start;
  guint end;

  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (n_presses < 2 || !find_position (self, x, y, &position))
    return;

  text = g_hash_table_lookup (self->texts, GUINT_TO_POINTER (position.page));
  if (n_presses == 2)
    eonay_page_text_find_word (text, position.index, &start, &end);
  else
    eonay_page_text_find_line (text, position.index, &start, &end);
  select_range (self, (EonayPagePosition){ position.page, start },
                (EonayPagePosition){ position.page, end });
}

/* A copy on its way: the texts of its pages are asked for one after the other. */
typedef struct {
  GdkClipboard *clipboard;
  GString *text;
  EonayPagePosition at;
  EonayPagePosition end;
} Copy;

static void
copy_free (Copy *copy)
{
  g_object_unref (copy->clipboard);
  g_string_free (copy->text, TRUE);
  g_free (copy);
}

static void ask_for_copy (EonayPageSource *source, Copy *copy);

static void
on_copied (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Copy *copy = user_data;
  g_autoptr (EonayPageAnswer) answer = eonay_page_source_ask_finish (EONAY_PAGE_SOURCE (source),
                                                                     result, NULL);
  g_autoptr (EonayPageText) text = answer != NULL ? eonay_page_text_new (answer) : NULL;
  g_autofree char *piece = NULL;

  /* A part of it would pass for the whole. */
  if (text == NULL)
    {
      copy_free (copy);
      return;
    }

  piece = eonay_page_text_dup (text, copy->at.index,
                               copy->at.page == copy->end.page ? copy->end.index : G_MAXUINT);
  if (copy->text->len > 0)
    g_string_append_c (copy->text, '\n');
  g_string_append (copy->text, piece);
  copy->at = (EonayPagePosition){ copy->at.page + 1, 0 };
  if (copy->at.page <= copy->end.page)
    {
      ask_for_copy (EONAY_PAGE_SOURCE (source), copy);
      return;
    }

  gdk_clipboard_set_text (copy->clipboard, copy->text->str);
  copy_free (copy);
}

static void
ask_for_copy (EonayPageSource *source, Copy *copy)
{
  EonayPageRequest *request = eonay_page_request_new (EONAY_PAGE_ASK_TEXT);

  request->page = copy->at.page;
  eonay_page_source_ask_async (source, request, PRIORITY_TEXT, NULL, on_copied, copy);
}

void
eonay_page_view_copy (EonayPageView *self)
{
  Copy *copy;

  g_return_if_fail (EONAY_IS_PAGE_VIEW (self));
  if (!eonay_page_view_has_selection (self))
    return;

  copy = g_new0 (Copy, 1);
  copy->clipboard = g_object_ref (gtk_widget_get_clipboard (GTK_WIDGET (self)));
  copy->text = g_string_new (NULL);
  get_ends (self, &copy->at, &copy->end);
  ask_for_copy (self->source, copy);
}

void
eonay_page_view_select_all (EonayPageView *self)
{
  g_return_if_fail (EONAY_IS_PAGE_VIEW (self));

  if (self->layout != NULL)
    select_range (self, (EonayPagePosition){ 0, 0 },
                  (EonayPagePosition){ self->sizes->len - 1, G_MAXUINT });
}

static void
copy_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  eonay_page_view_copy (EONAY_PAGE_VIEW (widget));
}

static void
select_all_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  eonay_page_view_select_all (EONAY_PAGE_VIEW (widget));
}

static void
copy_link_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget),
                          g_variant_get_string (parameter, NULL));
}

static GMenuModel *
make_menu (EonayPageView *self, double x, double y)
{
  const EonayPageLink *link = find_link (self, x, y);
  GMenu *menu = g_menu_new ();

  if (eonay_page_view_has_selection (self))
    g_menu_append (menu, _ ("_Copy"), "pages.copy");
  if (link != NULL && *link->target != '\0')
    {
      g_autoptr (GMenuItem) item = g_menu_item_new (_ ("Copy _Link"), NULL);

      g_menu_item_set_action_and_target (item, "pages.copy-link", "s", link->target);
      g_menu_append_item (menu, item);
    }
  g_menu_append (menu, _ ("Select _All"), "pages.select-all");

  return G_MENU_MODEL (menu);
}

static void
open_menu (EonayPageView *self, double x, double y)
{
  g_autoptr (GMenuModel) model = make_menu (self, x, y);
  const GdkRectangle at = { (int) x, (int) y, 1, 1 };

  g_clear_pointer (&self->menu, gtk_widget_unparent);
  self->menu = gtk_popover_menu_new_from_model (model);
  gtk_widget_set_parent (self->menu, GTK_WIDGET (self));
  gtk_popover_set_has_arrow (GTK_POPOVER (self->menu), FALSE);
  gtk_widget_set_halign (self->menu, GTK_ALIGN_START);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), &at);
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

static void
menu_pressed_cb (EonayPageView *self, int n_presses, double x, double y)
{
  if (self->layout != NULL)
    open_menu (self, x, y);
}

static gboolean
menu_binding (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  if (EONAY_PAGE_VIEW (widget)->layout != NULL)
    open_menu (EONAY_PAGE_VIEW (widget), gtk_widget_get_width (widget) / 2.0, 0);

  return TRUE;
}

void
eonay_page_view_install_text (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "pages.copy", NULL, copy_action);
  gtk_widget_class_install_action (klass, "pages.select-all", NULL, select_all_action);
  gtk_widget_class_install_action (klass, "pages.copy-link", "s", copy_link_action);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_c, GDK_CONTROL_MASK, "pages.copy", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_Insert, GDK_CONTROL_MASK, "pages.copy", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_a, GDK_CONTROL_MASK, "pages.select-all",
                                       NULL);
  gtk_widget_class_add_binding (klass, GDK_KEY_Menu, 0, menu_binding, NULL);
  gtk_widget_class_add_binding (klass, GDK_KEY_F10, GDK_SHIFT_MASK, menu_binding, NULL);
}

static void
add_gesture (EonayPageView *self, GtkGesture *gesture, guint button)
{
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (gesture), button);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (gesture));
}

void
eonay_page_view_init_text (EonayPageView *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *menu = gtk_gesture_click_new ();
  GtkGesture *drag = gtk_gesture_drag_new ();

  self->texts = g_hash_table_new_full (NULL, NULL, NULL, text_free);
  self->links = g_hash_table_new_full (NULL, NULL, NULL, answer_free);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (motion_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect_swapped (drag, "end", G_CALLBACK (stop_dragging), self);
  g_signal_connect_swapped (drag, "cancel", G_CALLBACK (stop_dragging), self);
  add_gesture (self, drag, GDK_BUTTON_PRIMARY);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (pressed_cb), self);
  add_gesture (self, click, GDK_BUTTON_PRIMARY);
  g_signal_connect_swapped (menu, "pressed", G_CALLBACK (menu_pressed_cb), self);
  add_gesture (self, menu, GDK_BUTTON_SECONDARY);
  gtk_gesture_group (drag, click);

  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  g_signal_connect (self, "query-tooltip", G_CALLBACK (query_tooltip_cb), NULL);
}

void
eonay_page_view_clear_text (EonayPageView *self)
{
  stop_dragging (self);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  g_hash_table_remove_all (self->texts);
  g_hash_table_remove_all (self->links);
  g_clear_pointer (&self->matches, g_array_unref);
  self->n_current = 0;
  self->anchor = self->cursor = (EonayPagePosition){ 0 };
}
