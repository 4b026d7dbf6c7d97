#pragma once

#include "session/unblock/eonay-unblock.h"
#include "support/session-fixture.h"

G_BEGIN_DECLS

#define UNBLOCK_WORD EONAY_PRACTICE_SECURITY_WORD
#define UNBLOCK_NEW_PIN "482916"

/**
 * UnblockStage: a #TestStage with a blocked card in its reader, and an unblocking.
 *
 * @card: blocked anew for each stage, with all tries of its PUK
 * @states: nicknames of the states that it went through, one a word
 */
typedef struct {
  TestStage *base;
  EonayPracticeCard *card;
  EonayUnblock *unblock;
  GString *states;
  char *code;
} UnblockStage;

UnblockStage *unblock_stage_new (void);

/** @tries_left: of its PUK */
UnblockStage *unblock_stage_new_with_puk (int tries_left);

/** Takes it down, and checks that no secret of it is left. */
void unblock_stage_free (UnblockStage *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (UnblockStage, unblock_stage_free)

/** Makes a code, and enters it. @wish, @fault: (nullable) */
void unblock_stage_begin (UnblockStage *self, const EonayPracticeUnblockWish *wish,
                          const char *fault);

/** Runs the main context until it is in @state, with nothing left to do. */
void unblock_stage_await (UnblockStage *self, EonayUnblockState state);
void unblock_stage_await_card_status (UnblockStage *self, EonayUnblockCardStatus card_status);
void unblock_stage_await_report (UnblockStage *self, EonayUnblockReport report);

/* What a person types; the SMS code is that of the last message. */
void unblock_stage_type_word (UnblockStage *self, const char *word);
void unblock_stage_type_sms (UnblockStage *self);
void unblock_stage_type_sms_code (UnblockStage *self, const char *code);
void unblock_stage_type_pin (UnblockStage *self, const char *pin);

/** Goes by the straight way until it waits in @state: for the card, the word, the SMS or the PIN. */
void unblock_stage_go_to (UnblockStage *self, EonayUnblockState state);

/** @card: (nullable): what is in the reader from now on */
void unblock_stage_insert (UnblockStage *self, EonayPracticeCard *card);

/** Returns: (transfer full): a member of `unblock` at the practice portal, "" if there is none */
char *unblock_stage_ask_portal (UnblockStage *self, const char *member);

/** Checks what the portal was told. */
void unblock_stage_assert_outcome (UnblockStage *self, const char *outcome);

/** Tries left as the card itself knows them. */
int unblock_stage_pin_tries (UnblockStage *self);
int unblock_stage_puk_tries (UnblockStage *self);

/** Returns: whether the card takes @pin; spends a try if not */
gboolean unblock_stage_card_takes (UnblockStage *self, const char *pin);

G_END_DECLS
