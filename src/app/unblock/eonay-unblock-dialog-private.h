#pragma once

#include "app/pin/eonay-new-pin-box.h"
#include "app/practice/eonay-practice-phone.h"
#include "app/sign/eonay-code-page.h"
#include "app/unblock/eonay-unblock-dialog.h"
#include "app/widgets/eonay-advice-box.h"
#include "app/widgets/eonay-countdown.h"
#include "app/widgets/eonay-time-alert.h"
#include "session/unblock/eonay-unblock.h"

G_BEGIN_DECLS

/*
 * EonayUnblockDialog in four files: eonay-unblock-dialog.c has the widget and what the person does,
 * -dialog-code the code and what it turns out to be for, -dialog-pages what is shown when,
 * -dialog-leave what closing it in the midst asks and leaves, and where it leads to.
 */
struct _EonayUnblockDialog {
  AdwWindow parent_instance;

  EonayCountdown *countdown;
  GtkWidget *small_clock; /* one of the two is shown, where there is a clock */
  GtkWidget *large_clock;
  GtkWidget *practice_strip;
  EonayPracticePhone *phone;
  GtkMenuButton *practice_menu;
  EonayAdviceBox *advice;
  GtkWidget *advice_strip;
  GtkStack *stack;
  EonayCodePage *code_page;
  GtkLabel *meant;
  GtkLabel *card_status;
  GtkSpinner *reading;
  GtkLabel *word_card;
  GtkEditable *word;
  GtkWidget *send_word;
  GtkLabel *sms_number;
  GtkEditable *sms;
  GtkWidget *sms_letters;
  GtkLabel *sms_tries;
  EonayCountdown *sms_countdown;
  GtkWidget *send_sms;
  EonayNewPinBox *new_pin;
  GtkLabel *pin_sms;
  GtkWidget *set_pin;
  GtkImage *ready_icon;
  GtkLabel *ready_title;
  GtkLabel *ready_words;
  GtkWidget *ready_back;
  GtkWidget *ready_go;
  GtkSpinner *spinner;
  GtkLabel *busy_words;
  GtkWidget *stop;
  AdwStatusPage *result;
  GtkLabel *result_code;
  GtkLabel *report;
  GtkWidget *report_again;
  GtkWidget *my_card;
  GtkWidget *new_code;
  GtkWidget *close;
  EonayTimeAlert *time_alert;

  EonayUnblock *unblock;
  EonayPracticeController *controller; /* (nullable) */
  GSettings *settings;                 /* (nullable) */
  EonayUnblockState state;
  guint total;
  guint sms_total;
  GtkWindow *question; /* (weak) (nullable): whether to leave */
  gboolean leaving;    /* the person has said so */
};

/** Emits `for-signing`. */
gboolean eonay_unblock_dialog_emit_for_signing (EonayUnblockDialog *self, EonayPortal *portal,
                                                EonayTransaction *transaction, GError **error);

/** Asks the portal what the code on the page is for. */
void eonay_unblock_dialog_submit_code (EonayUnblockDialog *self);

/** The action that plays the web page's part. */
void eonay_unblock_dialog_take_practice_code (GtkWidget *widget, const char *action,
                                              GVariant *parameter);

/** What is not for unblocking goes to the Sign view, and the dialog with it. */
void eonay_unblock_dialog_hand_over (EonayUnblockDialog *self);

/** Shows what the unblocking is at. */
void eonay_unblock_dialog_show_state (EonayUnblockDialog *self);
void eonay_unblock_dialog_show_time (EonayUnblockDialog *self);
void eonay_unblock_dialog_show_sms_time (EonayUnblockDialog *self);
void eonay_unblock_dialog_show_card_status (EonayUnblockDialog *self);
void eonay_unblock_dialog_show_error (EonayUnblockDialog *self);
void eonay_unblock_dialog_show_report (EonayUnblockDialog *self);

/** The program stays until the card has answered and the portal knows, also without a window. */
void eonay_unblock_dialog_keep_telling (EonayUnblockDialog *self);

/** Returns: whether closing it asks first, now */
gboolean eonay_unblock_dialog_asks (EonayUnblockDialog *self);

/** Takes the question away when it is not one any more. */
void eonay_unblock_dialog_update_question (EonayUnblockDialog *self);

/** Closes it if the person says so a second time. */
void eonay_unblock_dialog_ask_before_leaving (EonayUnblockDialog *self);

/** Shows My Card in the window, and closes. */
void eonay_unblock_dialog_open_my_card (EonayUnblockDialog *self);

/** Enables what can be used now. */
void eonay_unblock_dialog_refresh (EonayUnblockDialog *self);

G_END_DECLS
