#pragma once

#include "card/reader/eonay-reader-list.h"
#include "practice/pki/eonay-practice-pki.h"
#include "practice/portal/eonay-practice-portal.h"
#include "practice/reader/eonay-practice-slots.h"
#include "session/sign/eonay-session.h"

G_BEGIN_DECLS

/**
 * SessionFixture: a practice portal, a practice reader and everything of ours that stands on them.
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
} SessionFixture;

/** The provider and cards take long to make, so a program makes them once. */
EonayPracticeCard *session_fixture_get_card (EonayPracticeCardKind kind);

/** @card: (nullable): what is in the reader */
SessionFixture *session_fixture_new (EonayPracticeCard *card);

/** Takes everything down, and checks that nothing of ours is left over. */
void session_fixture_free (SessionFixture *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SessionFixture, session_fixture_free)

/** Runs the main context until the session is in @state. */
void session_fixture_await (SessionFixture *self, EonaySessionState state);

/** Runs the main context until there are @n candidates. */
void session_fixture_await_candidates (SessionFixture *self, guint n);

/** Makes a code and begins to resolve it. */
void session_fixture_begin (SessionFixture *self, const char *operation, const char *fault);

/** IDLE → REVIEWING, with every document seen and the first usable certificate chosen. */
void session_fixture_review (SessionFixture *self, const char *operation, const char *fault);

/** Chooses the first certificate, as soon as there is one and its tries are known: nothing of the
    reading is left on the way to the card then. */
void session_fixture_choose_first (SessionFixture *self);

/** REVIEWING → WAITING_PIN. */
void session_fixture_ask_pin (SessionFixture *self);

/** Returns: the consent of a person who has seen what the card tells, and agrees to it */
EonayPinConsent session_fixture_consent (EonaySession *session);

/** WAITING_PIN → SIGNING. @pin: (nullable): %NULL when it is typed on the reader */
void session_fixture_sign (SessionFixture *self, const char *pin);

/** Keeps the result, for session_fixture_finish(). */
void session_fixture_take_result (GObject *source, GAsyncResult *result, gpointer user_data);

/** Runs until the call that was begun is done. Returns: (transfer full) (nullable): its error */
GError *session_fixture_finish (SessionFixture *self);

/** Lets time pass, on both sides. */
void session_fixture_advance (SessionFixture *self, guint seconds);

/** The tries left, asked of the card itself. */
int session_fixture_ask_tries (EonayPracticeCard *card);

/** Gives the card all of its tries back. */
void session_fixture_restore_tries (EonayPracticeCard *card);

G_END_DECLS
