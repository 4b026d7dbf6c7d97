#pragma once

#include "app/history/eonay-history-details.h"
#include "app/history/eonay-history-window.h"
#include "app/widgets/eonay-advice-box.h"

G_BEGIN_DECLS

/*
 * EonayHistoryWindow in two files: eonay-history-window.c has the list and what of it is shown,
 * eonay-history-actions.c what can be done with it.
 */
struct _EonayHistoryWindow {
  AdwWindow parent_instance;

  AdwToastOverlay *toasts;
  GtkWidget *back;
  GtkToggleButton *search_button;
  GtkWidget *banner;
  GtkSearchBar *search_bar;
  GtkSearchEntry *search_entry;
  GtkWidget *off_strip;
  EonayAdviceBox *problem;
  GtkStack *stack;
  GtkListView *list;
  EonayHistoryDetails *details;
  GMenu *menu;
  GMenuModel *saving; /* its first section: what works on what was found */

  EonayHistory *history;
  GListStore *lines;  /* GtkStringObject: a day; EonayHistoryEntry */
  GPtrArray *entries; /* all; NULL before they are read */
  GPtrArray *found;   /* those that the search leaves */
  GSimpleActionGroup *actions;
  GCancellable *cancellable;
  GtkFileChooserNative *chooser;
  char *scope; /* what the menu says of that */
  guint focus_source;
};

/** Puts `past.export-csv`, … where the menu finds them. */
void eonay_history_window_add_actions (EonayHistoryWindow *self);

/** Enables what can be done now. */
void eonay_history_window_update_actions (EonayHistoryWindow *self);

/** Goes back from the details to the list. */
void eonay_history_window_go_back (EonayHistoryWindow *self);

G_END_DECLS
