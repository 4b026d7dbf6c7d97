#pragma once

#include "app/eonay-countdown.h"
#include "app/eonay-reader-status.h"
#include "app/eonay-window.h"

G_BEGIN_DECLS

/*
 * EonayWindow in two files: eonay-window.c has the widget and what it is connected to,
 * eonay-window-actions.c its actions and when they can be used.
 */
struct _EonayWindow {
  AdwApplicationWindow parent_instance;

  GtkLabel *title;
  GtkLabel *subtitle;
  EonayCountdown *countdown;
  GtkWidget *banner;
  GtkMenuButton *practice_menu;
  AdwToastOverlay *toasts;
  EonaySignView *sign_view;
  EonayReaderStatus *reader_status;
  GtkWidget *announcement;
  GtkLabel *announcement_text;

  EonayPracticeDesk *desk;
  EonayReaderList *readers;
  EonayCandidateList *candidates;
  GSettings *settings;
  GCancellable *cancellable;
  guint connect_source;
  guint announced_from;
  gboolean closing;
};

void eonay_window_add_actions (EonayWindow *self);

/** Enables what can be used now. */
void eonay_window_update_actions (EonayWindow *self);

G_END_DECLS
