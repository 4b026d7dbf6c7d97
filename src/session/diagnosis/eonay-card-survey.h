#pragma once

#include "base/eonay-clock.h"
#include "card/reader/eonay-reader-list.h"
#include "session/diagnosis/eonay-card-facts.h"

G_BEGIN_DECLS

/**
 * EonayCardSurvey: facts about the service, readers and cards.
 *
 * @service: (nullable): %NULL if there is none
 * @cards: (element-type EonayCardFacts): a reader each
 */
typedef struct {
  EonayPcscProbeFacts *service;
  GPtrArray *cards;
} EonayCardSurvey;

void eonay_card_survey_free (EonayCardSurvey *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EonayCardSurvey, eonay_card_survey_free)

/** Called with the facts so far, once the service has answered and once the readers are settled. */
typedef void (*EonayCardSurveyFunc) (const EonayCardSurvey *so_far, gpointer user_data);

/**
 * eonay_card_survey_async:
 * @with_service: whether the readers are those of the PC/SC service
 * @progress: (nullable): called on the way, with @user_data
 *
 * Queries the service, rereads cards that could not be read, waits for the readers to settle, and
 * has each card report the state of its PINs, without spending a try. Waits some seconds for what
 * does not answer. Main thread.
 */
void eonay_card_survey_async (EonayReaderList *readers, EonayCandidateList *candidates,
                              gboolean with_service, const EonayClock *clock,
                              EonayCardSurveyFunc progress, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data);

/** Returns: (transfer full): fails only with %G_IO_ERROR_CANCELLED */
EonayCardSurvey *eonay_card_survey_finish (GAsyncResult *result, GError **error);

G_END_DECLS
