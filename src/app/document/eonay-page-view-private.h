#pragma once

#include "app/document/eonay-page-cache.h"
#include "app/document/eonay-page-layout.h"
#include "app/document/eonay-page-text.h"
#include "app/document/eonay-page-view.h"
#include "app/document/eonay-seen-pages.h"

G_BEGIN_DECLS

/* For the pieces of EonayPageView. */

/* Pixels for a point at the true size: 96 dots an inch. */
#define EONAY_PAGE_VIEW_TRUE_SIZE (96.0 / 72.0)

/* What a key scrolls by: pixels, and a part of the view. */
#define EONAY_PAGE_VIEW_LINE 48.0
#define EONAY_PAGE_VIEW_STEP 0.85

/** A place in the text of the document. */
typedef struct {
  guint page;
  guint index;
} EonayPagePosition;

struct _EonayPageView {
  GtkWidget parent_instance;

  GtkAdjustment *adjustments[2]; /* by GtkOrientation */
  GtkScrollablePolicy policies[2];

  EonayPageSource *source;
  GArray *sizes;
  EonayPageCache *cache;
  EonayPageLayout *layout;
  gboolean has_appeared; /* there is a picture, or none will come */
  double zoom;           /* pixels for a point; 0: each page as wide as the view */
  guint page;
  gboolean has_wish; /* to show @wish, once there is a place for it */
  guint wish;
  double pinch; /* the zoom that a pinch began with */

  /* What was seen. */
  EonaySeenPages *seen;
  GArray *incomplete; /* numbers of pages */
  GArray *drawn;      /* parts of pages in the frame that is being painted */
  EonayPageArea uncovered;
  GdkFrameClock *clock;
  gulong painted;

  /* Text, links, matches. */
  GHashTable *texts; /* page → EonayPageText, NULL while it is asked for */
  GHashTable *links; /* page → EonayPageAnswer, NULL while it is asked for */
  GCancellable *cancellable;
  EonayPagePosition anchor;
  EonayPagePosition cursor;
  GArray *matches;
  guint current_match;
  guint n_current;
  double pointer_x;
  double pointer_y;
  GtkWidget *menu;
  guint drag_tick;
};

/** Has the view drawn again, and asks for the pictures that it needs. */
void eonay_page_view_update (EonayPageView *self);

/** Lays the pages out for the present size and zoom, and keeps what is at @y of the view there. */
void eonay_page_view_lay_out (EonayPageView *self, double x, double y);

/** Zooms to @zoom, in pixels for a point, around a place of the view. */
void eonay_page_view_zoom_to (EonayPageView *self, double zoom, double x, double y);

/** Returns: the range of pages in view; %FALSE if there are none */
gboolean eonay_page_view_get_range (EonayPageView *self, guint *first, guint *last);

/** Returns: pixels for a point of the current page */
double eonay_page_view_get_scale (EonayPageView *self);

/* eonay-page-view-control.c */

void eonay_page_view_install_keys (GtkWidgetClass *klass);
void eonay_page_view_add_gestures (EonayPageView *self);
void eonay_page_view_show_edge (EonayPageView *self, gboolean end);
void eonay_page_view_scroll (EonayPageView *self, GtkOrientation orientation, double by);

/* eonay-page-view-picture.c */

/** Asks for the pictures of the pages in view and next to it, and no longer for others. */
void eonay_page_view_want_pictures (EonayPageView *self);

/** Listens to the cache of a new source. */
void eonay_page_view_watch_pictures (EonayPageView *self);

void eonay_page_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot);
void eonay_page_view_watch_frames (EonayPageView *self);
void eonay_page_view_unwatch_frames (EonayPageView *self);
GArray *eonay_page_view_list_tiles (EonayPageView *self, guint page);

/* eonay-page-view-text.c */

void eonay_page_view_install_text (GtkWidgetClass *klass);
void eonay_page_view_init_text (EonayPageView *self);
void eonay_page_view_clear_text (EonayPageView *self);

/** Asks for the links of the pages in view. */
void eonay_page_view_fetch_links (EonayPageView *self);

/** Returns: whether text of @page is selected; then from @start (out) to before @end (out) */
gboolean eonay_page_view_get_selected (EonayPageView *self, guint page, guint *start, guint *end);

gboolean eonay_page_view_has_selection (EonayPageView *self);
void eonay_page_view_notify_selection (EonayPageView *self);

G_END_DECLS
