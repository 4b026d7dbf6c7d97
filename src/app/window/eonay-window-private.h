#pragma once

#include "app/card/eonay-card-view.h"
#include "app/card/eonay-reader-status.h"
#include "app/practice/eonay-practice-phone.h"
#include "app/widgets/eonay-countdown.h"
#include "app/widgets/eonay-time-alert.h"
#include "app/window/eonay-window.h"
#include "card/reader/eonay-module-discovery.h"
#include "session/eonay-settings.h"

G_BEGIN_DECLS

/*
 * EonayWindow in four files: eonay-window.c has the widget and what it is connected to,
 * eonay-window-views.c its header, clock and views, eonay-window-actions.c its actions and when
 * they can be used, eonay-window-card.c those for the card that My Card shows.
 */
struct _EonayWindow {
  AdwApplicationWindow parent_instance;

  GtkStack *header_title;
  AdwViewSwitcherTitle *view_switcher;
  GtkWidget *view_bar;
  AdwViewStack *views;
  AdwViewStackPage *sign_page;
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
  AdwToast *outside_toast; /* (weak) (nullable): what another program is told by, until it goes */
  GtkWidget *unblocking;   /* (weak) (nullable): the dialog of Kilit Çözme */
};

/** Shows what the Sign view is at: title, clock, switcher, actions. */
void eonay_window_show_signing (EonayWindow *self);
void eonay_window_show_time (EonayWindow *self);
void eonay_window_show_switcher (EonayWindow *self);

/** Returns: (transfer none): the name of the view that is shown, "sign" or "card" */
const char *eonay_window_get_view (EonayWindow *self);

/** Opens the diagnosis that was asked for too early, if it can be opened now. */
void eonay_window_continue_diagnosis (EonayWindow *self);

/* eonay-window-settings.c: what is remembered, and what Preferences changes while it is open. */
void eonay_window_load_settings (EonayWindow *self);
void eonay_window_load_portals (EonayWindow *self);
void eonay_window_save_size (EonayWindow *self);

/** eonay_window_show_toast() about what another program did: not more than one at a time. */
void eonay_window_tell_outside (EonayWindow *self, const char *text);

void eonay_window_add_actions (EonayWindow *self);
void eonay_window_add_card_actions (EonayWindow *self);

/* eonay-window-unblocking.c: Kilit Çözme with the portal's code. */
void eonay_window_add_unblocking_actions (EonayWindow *self);

/** Returns: whether the dialog of an unblocking is open, which then has got the code or link @text */
gboolean eonay_window_fill_unblocking (EonayWindow *self, const char *text);

/** What was resolved in the Sign view is an unblocking: its dialog goes on with it. */
void eonay_window_hand_over_unblocking (EonayWindow *self);

/** Enables what can be used now. */
void eonay_window_update_actions (EonayWindow *self);

G_END_DECLS
