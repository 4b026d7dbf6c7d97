#pragma once

#include "app/card/eonay-card-view.h"
#include "app/card/eonay-reader-status.h"
#include "app/clock/eonay-countdown.h"
#include "app/clock/eonay-time-alert.h"
#include "app/practice/eonay-practice-phone.h"
#include "app/window/eonay-window.h"
#include "card/reader/eonay-module-discovery.h"
#include "session/eonay-settings.h"

G_BEGIN_DECLS

/*
 * EonayWindow in four files: eonay-window.c has the widget, its views and what it is connected to,
 * eonay-window-actions.c its actions, when they can be used, and the windows that they open,
 * eonay-window-dialogs.c the windows that stand on it, eonay-window-outside.c what other programs have
 * opened in it.
 */
struct _EonayWindow {
  AdwApplicationWindow parent_instance;

  GtkStack *header_title;
  AdwViewSwitcherTitle *view_switcher;
  GtkWidget *view_bar;
  AdwViewStack *views;
  AdwViewStackPage *sign_page;
  EonayFilesView *files_view;
  EonayCardView *card_view;
  GtkLabel *title;
  GtkLabel *subtitle;
  EonayCountdown *countdown;
  GtkWidget *small_clock; /* one of the two is shown, where there is a clock */
  GtkWidget *large_clock;
  GtkWidget *banner;
  GtkMenuButton *practice_menu;
  EonayPracticePhone *practice_phone;
  AdwToastOverlay *toasts;
  EonaySignView *sign_view;
  GtkWidget *status_row;
  EonayReaderStatus *reader_status;
  EonayTimeAlert *time_alert;

  EonayPracticeController *controller;
  EonayReaderList *readers;
  EonayModuleDiscovery *modules; /* nullable */
  EonayCandidateList *candidates;
  GListStore *portals;    /* EonayPortalProfile: those installed */
  GSettings *settings;    /* nullable */
  GtkWidget *preferences; /* while it is open */
  GCancellable *cancellable;
  guint connect_source;
  gboolean closing;
  gboolean awaits_diagnosis;
  GtkWidget *diagnosis;        /* (weak) (nullable): the window of the diagnosis */
  GSimpleActionGroup *actions; /* "win." in it */
  AdwToast *outside_toast;     /* (weak) (nullable): the answer to another program's request */
  char *outside_next;          /* (nullable): the answer that comes after it */
  guint outside_source;        /* until then no other answer is shown */
  GtkWidget *unblocking;       /* (weak) (nullable): the dialog of Kilit Çözme */
  char *link;                  /* (nullable): one that came while a result is shown */
};

/** Returns: (transfer none): the name of the view that is shown, "sign", "files" or "card" */
const char *eonay_window_get_view (EonayWindow *self);

/** Opens the diagnosis that was asked for too early, if it can be opened now. */
void eonay_window_continue_diagnosis (EonayWindow *self);

/** Lets an answer to another program that was shown behind a dialog be read once that is gone. */
void eonay_window_follow_outside (EonayWindow *self);

void eonay_window_forget_outside (EonayWindow *self);

/** Returns: (transfer none): the modal dialog in front, or @self if there is none */
GtkWindow *eonay_window_find_front (EonayWindow *self);

/** Returns: %FALSE if a dialog of the card stays open: it is presented then */
gboolean eonay_window_close_dialogs (EonayWindow *self);

void eonay_window_add_actions (EonayWindow *self);

/** What was resolved in the Sign view is an unblocking: its dialog goes on with it. */
void eonay_window_hand_over_unblocking (EonayWindow *self);

/** Enables what can be used now. */
void eonay_window_update_actions (EonayWindow *self);

G_END_DECLS
