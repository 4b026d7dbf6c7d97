#include "app/window/eonay-window-private.h"

#include <glib/gi18n-lib.h>

#include "app/preferences/eonay-preferences.h"
#include "app/widgets/eonay-announcement.h"
#include "app/widgets/eonay-focus.h"
#include "app/widgets/eonay-labels.h"
#include "app/widgets/eonay-question.h"
#include "app/widgets/eonay-short-code.h"
#include "app/widgets/eonay-stack.h"
#include "app/window/eonay-practice-mark.h"
#include "base/eonay-error.h"
#include "card/pcsc/eonay-pcsc-slots.h"
#include "session/eonay-journal.h"

G_DEFINE_FINAL_TYPE (EonayWindow, eonay_window, ADW_TYPE_APPLICATION_WINDOW)

const char *
eonay_window_get_view (EonayWindow *self)
{
  const char *name = adw_view_stack_get_visible_child_name (self->views);

  return name != NULL ? name : "sign";
}

static void
show_time (EonayWindow *self)
{
  EonaySession *session = eonay_sign_view_get_session (self->sign_view);
  EonaySessionState state = eonay_session_get_state (session);
  guint seconds_left = eonay_session_get_seconds_left (session);
  gboolean shown = eonay_labels_state_has_clock (NULL, state);

  gtk_widget_set_visible (GTK_WIDGET (self->countdown), shown);
  if (!shown)
    {
      eonay_time_alert_stop (self->time_alert);
      return;
    }

  eonay_countdown_set_total (self->countdown, eonay_sign_view_get_total_time (self->sign_view));
  eonay_countdown_set_seconds_left (self->countdown, seconds_left);
  eonay_time_alert_set_seconds_left (self->time_alert, seconds_left);
}

/* From the review to the result the header is for the operation, and the page alone has a bar below: what
 * the card is doing stands beside the certificates. From another view the way back is below while the
 * clock runs, which is in the header. */
static void
show_switcher (EonayWindow *self)
{
  EonaySession *session = eonay_sign_view_get_session (self->sign_view);
  gboolean has_clock = eonay_labels_state_has_clock (NULL, eonay_session_get_state (session));
  gboolean is_away = !g_str_equal (eonay_window_get_view (self), "sign");
  gboolean has_files = g_str_equal (eonay_window_get_view (self), "files") &&
                       eonay_files_view_shows_files (self->files_view);
  gboolean is_alone = has_files || (!is_away && eonay_sign_view_shows_operation (self->sign_view));
  gboolean leads_back = eonay_focus_is_in (self->view_bar);
  gboolean led_away = is_alone && eonay_focus_is_in (GTK_WIDGET (self->view_switcher));

  gtk_stack_set_visible_child_name (self->header_title,
                                    has_clock || is_alone ? "operation" : "views");
  gtk_widget_set_visible (
      self->view_bar,
      !is_alone && (has_clock || adw_view_switcher_title_get_title_visible (self->view_switcher)));
  gtk_widget_set_visible (self->status_row, !is_alone);
  /* What had the focus there led to the page that is shown now. */
  if (led_away || (leads_back && !gtk_widget_get_visible (self->view_bar)))
    gtk_widget_grab_focus (adw_view_stack_get_visible_child (self->views));
  adw_view_stack_page_set_needs_attention (self->sign_page, has_clock && is_away);
}

static void
show_signing (EonayWindow *self)
{
  gboolean has_files = g_str_equal (eonay_window_get_view (self), "files") &&
                       eonay_files_view_shows_files (self->files_view);
  const char *title = has_files ? _ ("Sign files of your own")
                                : eonay_sign_view_get_title (self->sign_view);
  const char *subtitle = has_files ? "" : eonay_sign_view_get_subtitle (self->sign_view);

  if (eonay_session_get_state (eonay_sign_view_get_session (self->sign_view)) <=
      EONAY_SESSION_REVIEWING)
    g_clear_pointer (&self->link, g_free);
  gtk_label_set_label (self->title, title);
  gtk_label_set_label (self->subtitle, subtitle);
  gtk_widget_set_visible (GTK_WIDGET (self->subtitle), subtitle[0] != '\0');
  show_time (self);
  show_switcher (self);
  eonay_window_update_actions (self);
}

void
eonay_window_show_view (EonayWindow *self, const char *name)
{
  GtkWidget *view = adw_view_stack_get_child_by_name (self->views, name);
  GtkWidget *focus;

  g_return_if_fail (view != NULL);

  adw_view_stack_set_visible_child (self->views, view);
  focus = gtk_window_get_focus (GTK_WINDOW (self));
  if ((focus == NULL || !gtk_widget_is_ancestor (focus, view)) && !gtk_widget_grab_focus (view))
    gtk_window_set_focus (GTK_WINDOW (self), NULL);
}

static void
offer_portals (EonayWindow *self)
{
  g_autoptr (GListModel) offered = NULL;

  if (self->controller != NULL)
    return;

  offered = eonay_settings_offer_portals (self->settings, G_LIST_MODEL (self->portals));
  eonay_sign_view_set_portals (self->sign_view, offered);
}

static void
modules_cb (EonayWindow *self)
{
  g_auto (GStrv) picked = eonay_settings_dup_modules (self->settings);

  if (self->modules != NULL)
    eonay_module_discovery_set_picked (self->modules, (const char *const *) picked);
}

static void
restore_size (EonayWindow *self)
{
  gtk_window_set_default_size (GTK_WINDOW (self),
                               g_settings_get_int (self->settings, "window-width"),
                               g_settings_get_int (self->settings, "window-height"));
  if (g_settings_get_boolean (self->settings, "window-maximized"))
    gtk_window_maximize (GTK_WINDOW (self));
}

static void
save_size (EonayWindow *self)
{
  int width;
  int height;

  if (self->settings == NULL)
    return;

  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  g_settings_set_boolean (self->settings, "window-maximized",
                          gtk_window_is_maximized (GTK_WINDOW (self)));
  if (width > 0 && height > 0)
    {
      g_settings_set_int (self->settings, "window-width", width);
      g_settings_set_int (self->settings, "window-height", height);
    }
}

static void
load_portals (EonayWindow *self)
{
  if (self->portals == NULL)
    {
      self->portals = g_list_store_new (EONAY_TYPE_PORTAL_PROFILE);
      g_signal_connect_object (self->portals, "items-changed", G_CALLBACK (offer_portals), self,
                               G_CONNECT_SWAPPED);
    }
  eonay_portal_profile_reload (self->portals, eonay_settings_has_own_portals (self->settings));
}

static void
load_settings (EonayWindow *self)
{
  const struct {
    const char *signal;
    GCallback callback;
  } follows[] = {
    { "changed::portal", G_CALLBACK (offer_portals) },
    { "writable-changed::portal", G_CALLBACK (offer_portals) },
    { "changed::pkcs11-modules", G_CALLBACK (modules_cb) },
  };

  self->settings = eonay_settings_new ();
  eonay_sign_view_set_settings (self->sign_view, self->settings);
  eonay_files_view_set_settings (self->files_view, self->settings);
  if (self->settings == NULL)
    return;

  restore_size (self);
  g_settings_bind (self->settings, "large-countdown", self->large_clock, "visible",
                   G_SETTINGS_BIND_GET);
  g_settings_bind (self->settings, "large-countdown", self->small_clock, "visible",
                   G_SETTINGS_BIND_GET | G_SETTINGS_BIND_INVERT_BOOLEAN);
  for (gsize i = 0; i < G_N_ELEMENTS (follows); i++)
    g_signal_connect_object (self->settings, follows[i].signal, follows[i].callback, self,
                             G_CONNECT_SWAPPED);
}

void
eonay_window_open_preferences (EonayWindow *self)
{
  g_return_if_fail (EONAY_IS_WINDOW (self));

  if (self->settings == NULL)
    return;

  if (self->preferences == NULL)
    {
      g_autoptr (GSettings) kept = eonay_settings_new ();

      if (self->controller == NULL)
        load_portals (self);
      self->preferences = eonay_preferences_new (GTK_WINDOW (self), kept, self->portals);
      g_object_add_weak_pointer (G_OBJECT (self->preferences), (gpointer *) &self->preferences);
    }
  gtk_window_present (GTK_WINDOW (self->preferences));
}

void
eonay_window_add_portal (EonayWindow *self)
{
  g_return_if_fail (EONAY_IS_WINDOW (self));

  if (self->controller != NULL)
    return;

  eonay_window_open_preferences (self);
  if (self->preferences != NULL)
    eonay_preferences_add_portal (EONAY_PREFERENCES (self->preferences));
}

static void
pin_forgotten_cb (EonayWindow *self, EonayCandidate *candidate)
{
  eonay_window_show_view (self, "card");
  eonay_card_view_offer_unblocking (self->card_view, eonay_candidate_get_token (candidate),
                                    eonay_candidate_get_token_certificate (candidate));
}

static void
reader_status_cb (EonayWindow *self)
{
  const char *status = eonay_reader_status_get_text (self->reader_status);
  const char *remedy = eonay_reader_status_get_remedy (self->reader_status);

  eonay_sign_view_set_reader_status (self->sign_view, status, remedy);
  eonay_files_view_set_reader_status (self->files_view, status, remedy);
}

static void
connect_readers (EonayWindow *self)
{
  g_autoptr (EonaySlotSource) source = NULL;
  g_autoptr (EonayCardCache) cache = NULL;

  if (self->controller != NULL)
    {
      source = g_object_ref (eonay_practice_controller_get_slots (self->controller));
      self->readers = eonay_reader_list_new (source);
    }
  else
    {
      g_auto (GStrv) picked = eonay_settings_dup_modules (self->settings);

      source = eonay_pcsc_slots_new ();
      cache = eonay_card_cache_new (NULL);
      self->readers = eonay_reader_list_new_with_cache (source, cache);
      self->modules = eonay_module_discovery_new (self->readers, (const char *const *) picked);
    }
  eonay_settings_bind_readers (self->settings, self->readers);
  eonay_journal_follow_readers (self->readers);
  self->candidates = eonay_candidate_list_new (self->readers, NULL);
  eonay_sign_view_set_readers (self->sign_view, self->readers);
  eonay_sign_view_set_candidates (self->sign_view, self->candidates);
  eonay_files_view_set_candidates (self->files_view, self->candidates);
  eonay_reader_status_set_readers (self->reader_status, self->readers, self->candidates);
  eonay_card_view_set_readers (self->card_view, self->readers);
  eonay_short_code_attach_readers (GTK_WINDOW (self), self->readers);
}

static void
practice_started_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (EonayWindow) self = user_data;
  g_autoptr (GListStore) profiles = NULL;
  g_autoptr (GError) error = NULL;

  if (!eonay_practice_controller_start_finish (EONAY_PRACTICE_CONTROLLER (source), result, &error))
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        eonay_sign_view_show_error (self->sign_view, error);
      return;
    }

  profiles = g_list_store_new (EONAY_TYPE_PORTAL_PROFILE);
  g_list_store_append (profiles, eonay_practice_controller_get_profile (self->controller));
  eonay_sign_view_set_portals (self->sign_view, G_LIST_MODEL (profiles));
  eonay_window_continue_diagnosis (self);
}

static void
connect_portals (EonayWindow *self)
{
  if (self->controller != NULL)
    eonay_practice_controller_start_async (self->controller, self->cancellable, practice_started_cb,
                                           g_object_ref (self));
  else
    load_portals (self);
}

static gboolean
connect_cb (gpointer user_data)
{
  EonayWindow *self = EONAY_WINDOW (user_data);

  self->connect_source = 0;
  connect_portals (self);
  connect_readers (self);
  eonay_window_continue_diagnosis (self);

  return G_SOURCE_REMOVE;
}

static void
eonay_window_map (GtkWidget *widget)
{
  EonayWindow *self = EONAY_WINDOW (widget);

  GTK_WIDGET_CLASS (eonay_window_parent_class)->map (widget);
  if (self->readers == NULL && self->connect_source == 0)
    self->connect_source = g_idle_add_full (G_PRIORITY_LOW, connect_cb, self, NULL);
}

static gboolean
close_cb (gpointer user_data)
{
  EonayWindow *self = EONAY_WINDOW (user_data);

  self->closing = TRUE;
  gtk_window_close (GTK_WINDOW (self));

  return G_SOURCE_REMOVE;
}

/* The question has to be gone before the window that it stands on. */
static void
close_anyway_cb (EonayWindow *self)
{
  g_idle_add_full (G_PRIORITY_DEFAULT, close_cb, g_object_ref (self), g_object_unref);
}

static void
ask_before_closing (EonayWindow *self)
{
  const char *heading = _ ("A signature is on its way");
  const char *body = _ ("If you close now, you will not see whether the portal got it.");

  if (eonay_files_view_keeps_unsaved (self->files_view))
    {
      heading = _ ("What the card signed is not saved");
      body =
          _ ("If you close now, those signatures are lost: the files have to be signed once more.");
    }
  else if (eonay_files_view_is_signing (self->files_view))
    body = _ ("If you close now, the files that are not signed yet will not be.");
  eonay_question_ask (GTK_WINDOW (self), heading, body, _ ("_Wait"), _ ("Close anyway"),
                      G_CALLBACK (close_anyway_cb), self);
}

static gboolean
eonay_window_close_request (GtkWindow *window)
{
  EonayWindow *self = EONAY_WINDOW (window);
  EonaySession *session = eonay_sign_view_get_session (self->sign_view);

  if (!self->closing && (eonay_labels_state_is_signing (eonay_session_get_state (session)) ||
                         eonay_files_view_is_signing (self->files_view) ||
                         eonay_files_view_keeps_unsaved (self->files_view)))
    {
      ask_before_closing (self);
      return GDK_EVENT_STOP;
    }

  if (!eonay_window_close_dialogs (self))
    return GDK_EVENT_STOP;

  save_size (self);

  return GTK_WINDOW_CLASS (eonay_window_parent_class)->close_request (window);
}

static void
eonay_window_dispose (GObject *object)
{
  EonayWindow *self = EONAY_WINDOW (object);

  g_clear_handle_id (&self->connect_source, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_weak_pointer (&self->diagnosis);
  g_clear_weak_pointer (&self->unblocking);
  eonay_window_forget_outside (self);
  g_clear_pointer (&self->link, g_free);
  g_clear_object (&self->candidates);
  g_clear_object (&self->modules);
  g_clear_object (&self->readers);
  /* A search for modules that ends with the window still updates them. */
  g_clear_object (&self->actions);
  if (self->preferences != NULL)
    gtk_window_destroy (GTK_WINDOW (self->preferences));
  g_clear_object (&self->portals);
  g_clear_object (&self->settings);
  g_clear_object (&self->controller);

  G_OBJECT_CLASS (eonay_window_parent_class)->dispose (object);
}

static void
eonay_window_class_init (EonayWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = eonay_window_dispose;
  widget_class->map = eonay_window_map;
  GTK_WINDOW_CLASS (klass)->close_request = eonay_window_close_request;

  g_type_ensure (EONAY_TYPE_CARD_VIEW);
  g_type_ensure (EONAY_TYPE_COUNTDOWN);
  g_type_ensure (EONAY_TYPE_FILES_VIEW);
  g_type_ensure (EONAY_TYPE_PRACTICE_PHONE);
  g_type_ensure (EONAY_TYPE_READER_STATUS);
  g_type_ensure (EONAY_TYPE_SIGN_VIEW);
  g_type_ensure (EONAY_TYPE_TIME_ALERT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/eonay/Eonay/ui/eonay-window.ui");
  gtk_widget_class_bind_template_child (widget_class, EonayWindow, header_title);
  gtk_widget_class_bind_template_child (widget_class, EonayWindow, view_switcher);
  gtk_widget_class_bind_template_child (widget_class, EonayWindow, view_bar);
  gtk_widget_class_bind_template_child (widget_class, EonayWindow, views);
  gtk_widget_class_bind_template_child (widget_class, EonayWindow, sign_page);
  gtk_widget_class_bind_template_child (widget_class, EonayWindow, files_view);
  gtk_widget_class_bind_template_child (widget_class, EonayWindow, card_view);
  gtk_widget_class_bind_template_child (widget_class, EonayWindow, title);
  gtk_widget_class_bind_template_child (widget_class, EonayWindow, subtitle);
  gtk_widget_class_bind_template_child (widget_class, EonayWindow, countdown);
  gtk_widget_class_bind_template_child (widget_class, EonayWindow, small_clock);
  gtk_widget_class_bind_template_child (widget_class, EonayWindow, large_clock);
  gtk_widget_class_bind_template_child (widget_class, EonayWindow, banner);
  gtk_widget_class_bind_template_child (widget_class, EonayWindow, practice_menu);
  gtk_widget_class_bind_template_child (widget_class, EonayWindow, practice_phone);
  gtk_widget_class_bind_template_child (widget_class, EonayWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, EonayWindow, sign_view);
  gtk_widget_class_bind_template_child (widget_class, EonayWindow, status_row);
  gtk_widget_class_bind_template_child (widget_class, EonayWindow, reader_status);
  gtk_widget_class_bind_template_child (widget_class, EonayWindow, time_alert);
  gtk_widget_class_bind_template_callback (widget_class, show_signing);
  gtk_widget_class_bind_template_callback (widget_class, eonay_window_hand_over_unblocking);
  gtk_widget_class_bind_template_callback (widget_class, pin_forgotten_cb);
  gtk_widget_class_bind_template_callback (widget_class, reader_status_cb);
}

static gboolean
dropped_cb (EonayWindow *self, const GValue *value)
{
  GSList *dropped = g_value_get_boxed (value);
  g_autoptr (GPtrArray) files = g_ptr_array_new ();

  for (; dropped != NULL; dropped = dropped->next)
    g_ptr_array_add (files, dropped->data);
  eonay_window_open_files (self, files, TRUE);

  return files->len > 0;
}

static void
take_drops (EonayWindow *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  g_signal_connect_object (target, "drop", G_CALLBACK (dropped_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

static void
eonay_window_init (EonayWindow *self)
{
  self->cancellable = g_cancellable_new ();
  self->actions = g_simple_action_group_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  eonay_stack_follow (GTK_WIDGET (self->header_title));
  eonay_stack_follow (GTK_WIDGET (self->views));
  eonay_focus_attach (GTK_WINDOW (self));
  eonay_window_add_actions (self);
  eonay_window_update_actions (self);

  load_settings (self);
  take_drops (self);
  eonay_window_follow_outside (self);
  g_signal_connect_object (eonay_sign_view_get_session (self->sign_view), "notify::seconds-left",
                           G_CALLBACK (show_time), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->views, "notify::visible-child", G_CALLBACK (show_signing), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view_switcher, "notify::title-visible", G_CALLBACK (show_switcher),
                           self, G_CONNECT_SWAPPED);
  gtk_window_set_focus (GTK_WINDOW (self), NULL);
  gtk_widget_grab_focus (GTK_WIDGET (self->sign_view));
}

static void
show_practice (EonayWindow *self)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) cards = g_menu_new ();
  g_autoptr (GMenu) pull = g_menu_new ();
  guint n_cards = eonay_practice_controller_get_n_cards (self->controller);

  for (guint i = 0; i < n_cards; i++)
    {
      g_autoptr (GMenuItem) item =
          g_menu_item_new (eonay_practice_controller_describe_card (self->controller, i), NULL);

      g_menu_item_set_action_and_target (item, "app.practice-card", "i", (int) i);
      g_menu_append_item (cards, item);
    }
  g_menu_append (pull, _ ("Take the card out"), "app.practice-card(-1)");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (cards));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (pull));

  gtk_menu_button_set_menu_model (self->practice_menu, G_MENU_MODEL (menu));
  eonay_practice_phone_set_controller (self->practice_phone, self->controller);
  gtk_widget_set_visible (self->banner, TRUE);
  eonay_sign_view_set_practice (self->sign_view, TRUE);
  eonay_files_view_set_practice (self->files_view);
  eonay_practice_mark_attach (GTK_WINDOW (self));
}

GtkWidget *
eonay_window_new (GtkApplication *application, EonayPracticeController *controller)
{
  EonayWindow *self = g_object_new (EONAY_TYPE_WINDOW, "application", application, NULL);

  if (!g_set_object (&self->controller, controller))
    return GTK_WIDGET (self);

  show_practice (self);
  /* What is remembered of practice, as the portal used last, is not to be found again outside it. */
  if (self->settings != NULL)
    g_settings_delay (self->settings);

  return GTK_WIDGET (self);
}

EonaySignView *
eonay_window_get_sign_view (EonayWindow *self)
{
  g_return_val_if_fail (EONAY_IS_WINDOW (self), NULL);

  return self->sign_view;
}

EonayFilesView *
eonay_window_get_files_view (EonayWindow *self)
{
  g_return_val_if_fail (EONAY_IS_WINDOW (self), NULL);

  return self->files_view;
}

GMenuModel *
eonay_window_get_practice_menu (EonayWindow *self)
{
  g_return_val_if_fail (EONAY_IS_WINDOW (self), NULL);

  return gtk_menu_button_get_menu_model (self->practice_menu);
}

void
eonay_window_take_practice_code (EonayWindow *self, const char *operation)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *code = NULL;

  g_return_if_fail (EONAY_IS_WINDOW (self));
  g_return_if_fail (self->controller != NULL);

  eonay_window_show_view (self, "sign");
  code = eonay_practice_controller_create_code (self->controller, operation, &error);
  if (code == NULL)
    eonay_sign_view_show_error (self->sign_view, error);
  else
    eonay_sign_view_fill_code (self->sign_view, code, TRUE);
}

void
eonay_window_show_toast (EonayWindow *self, const char *text)
{
  g_return_if_fail (EONAY_IS_WINDOW (self));

  eonay_announcement_toast (self->toasts, text);
}

void
eonay_window_show_toast_with_action (EonayWindow *self, const char *text, const char *label,
                                     const char *action)
{
  AdwToast *toast = adw_toast_new (text);

  g_return_if_fail (EONAY_IS_WINDOW (self));

  adw_toast_set_button_label (toast, label);
  adw_toast_set_action_name (toast, action);
  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  adw_toast_overlay_add_toast (self->toasts, toast);
  eonay_announcement_make (GTK_WIDGET (self), text);
}
