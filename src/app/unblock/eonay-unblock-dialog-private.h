#pragma once

#include "app/clock/eonay-countdown.h"
#include "app/clock/eonay-time-alert.h"
#include "app/pin/eonay-new-pin-box.h"
#include "app/practice/eonay-practice-phone.h"
#include "app/sign/eonay-code-page.h"
#include "app/unblock/eonay-unblock-dialog.h"
#include "app/widgets/eonay-advice-box.h"
#include "app/widgets/eonay-short-code.h"
#include "session/unblock/eonay-unblock.h"

G_BEGIN_DECLS

/*
 * EonayUnblockDialog in two files: eonay-unblock-dialog.c has the widget and what the person does,
 * -dialog-pages what is shown when.
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
  EonayShortCode *result_code;
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

/** Shows what the unblocking is at. */
void eonay_unblock_dialog_show_state (EonayUnblockDialog *self);
void eonay_unblock_dialog_show_time (EonayUnblockDialog *self);
void eonay_unblock_dialog_show_sms_time (EonayUnblockDialog *self);
void eonay_unblock_dialog_show_card_status (EonayUnblockDialog *self);
void eonay_unblock_dialog_show_error (EonayUnblockDialog *self);
void eonay_unblock_dialog_show_report (EonayUnblockDialog *self);

/** Says above the page that another code came and has no place, until the next step. */
void eonay_unblock_dialog_show_refusal (EonayUnblockDialog *self);

/** Enables what can be used now. */
void eonay_unblock_dialog_refresh (EonayUnblockDialog *self);

G_END_DECLS
