#pragma once

#include "card/reader/eonay-reader-list.h"
#include "practice/pki/eonay-practice-pki.h"
#include "practice/portal/eonay-practice-portal.h"
#include "practice/reader/eonay-practice-slots.h"
#include "session/sign/eonay-session.h"

G_BEGIN_DECLS

/**
 * TestStage: a practice portal, a practice reader and everything of ours that stands on them.
 *
 * @portal_now, @session_now: microseconds: the clocks of the two sides, which stand still
 * @session_step: what our side's clock goes on by with each look at it
 * @states: nicknames of the states that the session went through, one a word
 */
typedef struct {
  gint64 portal_now;
  gint64 session_now;
  gint64 session_step;
  EonayClock portal_clock;
  EonayClock session_clock;
  char *folder;
  EonayPracticePortal *server;
  EonayPracticeSlots *slots;
  EonayReaderList *readers;
  EonayPortal *portal;
  EonayCandidateList *candidates;
  EonaySession *session;
  GString *states;
  char *code;
  GAsyncResult *result;
} TestStage;

/** The provider and cards take long to make, so a program makes them once. */
EonayPracticeCard *test_stage_get_card (EonayPracticeCardKind kind);

/** @card: (nullable): what is in the reader */
TestStage *test_stage_new (EonayPracticeCard *card);

/** Takes everything down, and checks that nothing of ours is left over. */
void test_stage_free (TestStage *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TestStage, test_stage_free)

/** Runs the main context until the session is in @state. */
void test_stage_await (TestStage *self, EonaySessionState state);

/** Runs the main context until there are @n candidates. */
void test_stage_await_candidates (TestStage *self, guint n);

/** Makes a code and begins to resolve it. */
void test_stage_begin (TestStage *self, const char *operation, const char *fault);

/** IDLE → REVIEWING, with every document seen and the first usable certificate chosen. */
void test_stage_review (TestStage *self, const char *operation, const char *fault);

/** Chooses the first certificate, as soon as there is one. */
void test_stage_choose_first (TestStage *self);

/** REVIEWING → WAITING_PIN. */
void test_stage_ask_pin (TestStage *self);

/** Returns: the consent of a person who has seen what the card tells, and agrees to it */
EonayPinConsent test_stage_consent (EonaySession *session);

/** WAITING_PIN → SIGNING. @pin: (nullable): %NULL when it is typed on the reader */
void test_stage_sign (TestStage *self, const char *pin);

/** Keeps the result, for test_stage_finish(). */
void test_stage_take_result (GObject *source, GAsyncResult *result, gpointer user_data);

/** Runs until the call that was begun is done. Returns: (transfer full) (nullable): its error */
GError *test_stage_finish (TestStage *self);

/** Lets time pass, on both sides. */
void test_stage_advance (TestStage *self, guint seconds);

/** The tries left, asked of the card itself. */
int test_stage_ask_tries (EonayPracticeCard *card);

/** Gives the card all of its tries back. */
void test_stage_restore_tries (EonayPracticeCard *card);

G_END_DECLS
