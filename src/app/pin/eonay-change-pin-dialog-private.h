#pragma once

#include "app/pin/eonay-change-pin-dialog.h"
#include "app/pin/eonay-last-try.h"
#include "app/pin/eonay-new-pin-box.h"
#include "app/pin/eonay-pin-status.h"
#include "signature/certificate/eonay-certificate.h"

G_BEGIN_DECLS

/* What the dialog and its steps share. */

/** What the two kinds are called. All are message ids but @role. */
typedef struct {
  EonayPinRole role; /* of what is presented */
  const char *title;
  const char *presented;
  const char *go;
  const char *work;
  const char *on_reader;
  const char *done;
} EonayChangePinWords;

struct _EonayChangePinDialog {
  AdwWindow parent_instance;

  GtkStack *stack;
  GtkLabel *holder;
  GtkLabel *caution;
  GtkWidget *keypad;
  GtkLabel *instruction;
  GtkWidget *entry;
  GtkEditable *presented;
  EonayPinStatus *status;
  EonayNewPinBox *new_pin;
  GtkWidget *cancel;
  GtkButton *go;
  EonayLastTry *last_try;
  GtkImage *end_icon;
  GtkLabel *end_title;
  GtkLabel *end_text;
  GtkLabel *end_code;
  GtkWidget *unblock;
  GtkWidget *portal;
  GtkWidget *again;
  GtkWidget *close;

  EonayToken *token;
  EonayTokenCertificate *token_certificate;
  EonayCertificate *certificate; /* nullable */
  EonayTokenRequestKind kind;
  EonayPinState state; /* of what is presented: what is shown */
  EonayPinConsent consent;
  gboolean is_asking; /* the card, for the tries left */
  GError *mistake;    /* nullable: of the last one */
  GCancellable *cancellable;
  gboolean is_busy;
  gboolean is_on_reader; /* all is typed there */
};

const EonayChangePinWords *eonay_change_pin_get_words (EonayTokenRequestKind kind);

/** @mistake: (nullable): what was wrong with the last one */
void eonay_change_pin_dialog_ask (EonayChangePinDialog *self, const GError *mistake);
void eonay_change_pin_dialog_set_busy (EonayChangePinDialog *self, gboolean busy);
void eonay_change_pin_dialog_wipe (EonayChangePinDialog *self);

/** Asks from the beginning, or ends if there is nothing to ask. */
void eonay_change_pin_dialog_start (EonayChangePinDialog *self, EonayTokenRequestKind kind);

/* eonay-change-pin-steps.c */

/** What was typed goes to the card. */
void eonay_change_pin_dialog_run (EonayChangePinDialog *self);

/** Nothing more can be typed; says why. */
void eonay_change_pin_dialog_fail (EonayChangePinDialog *self, const GError *error);

/** The card was pulled while nothing was under way. */
void eonay_change_pin_dialog_lose_card (EonayChangePinDialog *self);

G_END_DECLS
