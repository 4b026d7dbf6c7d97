#pragma once

#include "session/unblock/eonay-unblock.h"
#include "support/session-fixture.h"

G_BEGIN_DECLS

#define UNBLOCK_WORD EONAY_PRACTICE_SECURITY_WORD
#define UNBLOCK_NEW_PIN "482916"

/**
 * UnblockFixture: a #SessionFixture with a blocked card in its reader, and an unblocking.
 *
 * @card: blocked anew for each fixture, with all tries of its PUK
 * @states: nicknames of the states that it went through, one a word
 */
typedef struct {
  SessionFixture *base;
  EonayPracticeCard *card;
  EonayUnblock *unblock;
  GString *states;
  char *code;
} UnblockFixture;

UnblockFixture *unblock_fixture_new (void);

/** @tries_left: of its PUK */
UnblockFixture *unblock_fixture_new_with_puk (int tries_left);

/** Takes it down, and checks that no secret of it is left. */
void unblock_fixture_free (UnblockFixture *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (UnblockFixture, unblock_fixture_free)

/** Makes a code, and enters it. @wish, @fault: (nullable) */
void unblock_fixture_begin (UnblockFixture *self, const EonayPracticeUnblockWish *wish,
                            const char *fault);

/** Runs the main context until it is in @state, with nothing left to do. */
void unblock_fixture_await (UnblockFixture *self, EonayUnblockState state);
void unblock_fixture_await_card_status (UnblockFixture *self, EonayUnblockCardStatus card_status);
void unblock_fixture_await_report (UnblockFixture *self, EonayUnblockReport report);

/* What a person types; the SMS code is that of the last message. */
void unblock_fixture_type_word (UnblockFixture *self, const char *word);
void unblock_fixture_type_sms (UnblockFixture *self);
void unblock_fixture_type_sms_code (UnblockFixture *self, const char *code);
void unblock_fixture_type_pin (UnblockFixture *self, const char *pin);

/** Goes by the straight way until it waits in @state: for the card, the word, the SMS or the PIN. */
void unblock_fixture_go_to (UnblockFixture *self, EonayUnblockState state);

/** @card: (nullable): what is in the reader from now on */
void unblock_fixture_insert (UnblockFixture *self, EonayPracticeCard *card);

/** Returns: (transfer full): a member of `unblock` at the practice portal, "" if there is none */
char *unblock_fixture_ask_portal (UnblockFixture *self, const char *member);

/** Checks what the portal was told. */
void unblock_fixture_assert_outcome (UnblockFixture *self, const char *outcome);

/** Tries left as the card itself knows them. */
int unblock_fixture_pin_tries (UnblockFixture *self);
int unblock_fixture_puk_tries (UnblockFixture *self);

/** Returns: whether the card takes @pin; spends a try if not */
gboolean unblock_fixture_card_takes (UnblockFixture *self, const char *pin);

G_END_DECLS
