#include "session/unblock/eonay-unblock.h"

G_DEFINE_ENUM_TYPE (EonayUnblockState, eonay_unblock_state,
                    G_DEFINE_ENUM_VALUE (EONAY_UNBLOCK_IDLE, "idle"),
                    G_DEFINE_ENUM_VALUE (EONAY_UNBLOCK_RESOLVING, "resolving"),
                    G_DEFINE_ENUM_VALUE (EONAY_UNBLOCK_OTHER, "other"),
                    G_DEFINE_ENUM_VALUE (EONAY_UNBLOCK_WAITING_CARD, "waiting-card"),
                    G_DEFINE_ENUM_VALUE (EONAY_UNBLOCK_WAITING_WORD, "waiting-word"),
                    G_DEFINE_ENUM_VALUE (EONAY_UNBLOCK_SENDING_WORD, "sending-word"),
                    G_DEFINE_ENUM_VALUE (EONAY_UNBLOCK_WAITING_SMS, "waiting-sms"),
                    G_DEFINE_ENUM_VALUE (EONAY_UNBLOCK_WAITING_PIN, "waiting-pin"),
                    G_DEFINE_ENUM_VALUE (EONAY_UNBLOCK_READY, "ready"),
                    G_DEFINE_ENUM_VALUE (EONAY_UNBLOCK_CONFIRMING, "confirming"),
                    G_DEFINE_ENUM_VALUE (EONAY_UNBLOCK_UNBLOCKING, "unblocking"),
                    G_DEFINE_ENUM_VALUE (EONAY_UNBLOCK_DONE, "done"),
                    G_DEFINE_ENUM_VALUE (EONAY_UNBLOCK_DECLINED, "declined"),
                    G_DEFINE_ENUM_VALUE (EONAY_UNBLOCK_EXPIRED, "expired"),
                    G_DEFINE_ENUM_VALUE (EONAY_UNBLOCK_FAILED, "failed"))

G_DEFINE_ENUM_TYPE (EonayUnblockCardStatus, eonay_unblock_card_status,
                    G_DEFINE_ENUM_VALUE (EONAY_UNBLOCK_CARD_NONE, "none"),
                    G_DEFINE_ENUM_VALUE (EONAY_UNBLOCK_CARD_READING, "reading"),
                    G_DEFINE_ENUM_VALUE (EONAY_UNBLOCK_CARD_OTHER, "other"),
                    G_DEFINE_ENUM_VALUE (EONAY_UNBLOCK_CARD_UNKNOWN, "unknown"),
                    G_DEFINE_ENUM_VALUE (EONAY_UNBLOCK_CARD_THERE, "there"))

G_DEFINE_ENUM_TYPE (EonayUnblockReport, eonay_unblock_report,
                    G_DEFINE_ENUM_VALUE (EONAY_UNBLOCK_REPORT_NONE, "none"),
                    G_DEFINE_ENUM_VALUE (EONAY_UNBLOCK_REPORT_TELLING, "telling"),
                    G_DEFINE_ENUM_VALUE (EONAY_UNBLOCK_REPORT_TOLD, "told"),
                    G_DEFINE_ENUM_VALUE (EONAY_UNBLOCK_REPORT_UNTOLD, "untold"))

#define BIT(state) (1u << EONAY_UNBLOCK_##state)
#define GIVEN_UP (BIT (DECLINED) | BIT (EXPIRED))
#define ASKED (BIT (WAITING_WORD) | BIT (WAITING_SMS) | BIT (WAITING_PIN) | BIT (READY))

static const guint edges[EONAY_UNBLOCK_N_STATES] = {
  [EONAY_UNBLOCK_IDLE] = BIT (RESOLVING) | BIT (WAITING_CARD),
  [EONAY_UNBLOCK_RESOLVING] = BIT (WAITING_CARD) | BIT (OTHER) | BIT (IDLE) | BIT (EXPIRED) |
                              BIT (FAILED),
  [EONAY_UNBLOCK_OTHER] = BIT (IDLE) | GIVEN_UP,
  [EONAY_UNBLOCK_WAITING_CARD] = ASKED | GIVEN_UP | BIT (FAILED),
  [EONAY_UNBLOCK_WAITING_WORD] = BIT (SENDING_WORD) | BIT (WAITING_CARD) | GIVEN_UP | BIT (FAILED),
  [EONAY_UNBLOCK_SENDING_WORD] = BIT (WAITING_SMS) | BIT (WAITING_WORD) | BIT (WAITING_CARD) |
                                 GIVEN_UP | BIT (FAILED),
  [EONAY_UNBLOCK_WAITING_SMS] = BIT (WAITING_PIN) | BIT (CONFIRMING) | BIT (READY) |
                                BIT (WAITING_WORD) | BIT (WAITING_CARD) | GIVEN_UP | BIT (FAILED),
  [EONAY_UNBLOCK_WAITING_PIN] = BIT (CONFIRMING) | BIT (READY) | BIT (WAITING_WORD) |
                                BIT (WAITING_CARD) | GIVEN_UP | BIT (FAILED),
  [EONAY_UNBLOCK_READY] = BIT (CONFIRMING) | BIT (WAITING_WORD) | BIT (WAITING_CARD) | GIVEN_UP |
                          BIT (FAILED),
  [EONAY_UNBLOCK_CONFIRMING] = BIT (UNBLOCKING) | BIT (WAITING_SMS) | BIT (WAITING_WORD) |
                               BIT (READY) | BIT (WAITING_CARD) | GIVEN_UP | BIT (FAILED),
  [EONAY_UNBLOCK_UNBLOCKING] = BIT (DONE) | BIT (WAITING_PIN) | BIT (EXPIRED) | BIT (FAILED),
  [EONAY_UNBLOCK_DONE] = BIT (IDLE),
  [EONAY_UNBLOCK_DECLINED] = BIT (IDLE),
  [EONAY_UNBLOCK_EXPIRED] = BIT (IDLE),
  [EONAY_UNBLOCK_FAILED] = BIT (IDLE),
};

gboolean
eonay_unblock_may_go (EonayUnblockState from, EonayUnblockState to)
{
  g_return_val_if_fail (from < EONAY_UNBLOCK_N_STATES && to < EONAY_UNBLOCK_N_STATES, FALSE);

  return (edges[from] & 1u << to) != 0;
}
