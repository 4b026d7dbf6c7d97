#pragma once

#include "app/pin/eonay-pin-order-dialog.h"
#include "eonay-stage.h"

G_BEGIN_DECLS

/* The dialog for a change or an unblocking, above a practice card. */
typedef struct {
  EonayStage stage;
  GtkWidget *dialog;
  EonayToken *token;
} EonayOrderBench;

/** Opens the window with @card in the reader. */
void eonay_order_bench_open (EonayOrderBench *self, int card, int width, int height);

/** Opens the dialog for the card's first key. */
void eonay_order_bench_begin (EonayOrderBench *self, EonayOrderKind kind);

/** Closes the dialog and checks that it is finalized. */
void eonay_order_bench_end (EonayOrderBench *self);

/** Ends, and closes the window. */
void eonay_order_bench_close (EonayOrderBench *self);

/** Returns: (transfer none): the entry that screen readers call @name */
GtkEditable *eonay_order_bench_find_entry (EonayOrderBench *self, const char *name);
void eonay_order_bench_type (EonayOrderBench *self, const char *name, const char *text);

/** Clicks a button, which has to be there and sensitive. */
void eonay_order_bench_click (EonayOrderBench *self, const char *label);
gboolean eonay_order_bench_can_click (EonayOrderBench *self, const char *label);

/** Runs the main loop until the dialog says @text in a label of its own. */
void eonay_order_bench_await (EonayOrderBench *self, const char *text);
gboolean eonay_order_bench_says (EonayOrderBench *self, const char *text);

/** Returns: the status word of a command to the card, past the program */
guint16 eonay_order_bench_send (EonayOrderBench *self, const guint8 *command, gsize length);

G_END_DECLS
