#pragma once

#include "base/eonay-clock.h"
#include "card/reader/eonay-reader-list.h"
#include "session/diagnosis/eonay-card-facts.h"

G_BEGIN_DECLS

/**
 * EonayCardSurvey: what was found out about the service, readers and cards.
 *
 * @service: (nullable): %NULL where there is none to ask
 * @cards: (element-type EonayCardFacts): a reader each
 */
typedef struct {
  EonayPcscProbeFacts *service;
  GPtrArray *cards;
} EonayCardSurvey;

void eonay_card_survey_free (EonayCardSurvey *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EonayCardSurvey, eonay_card_survey_free)

/** Told with what is known so far, once the service has answered and once readers are at rest. */
typedef void (*EonayCardSurveyFunc) (const EonayCardSurvey *so_far, gpointer user_data);

/**
 * eonay_card_survey_async:
 * @with_service: whether the readers are those of the PC/SC service
 * @progress: (nullable): called on the way, with @user_data
 *
 * Asks the service, reads cards that could not be read again, lets the readers come to rest, and has
 * each card say how its PINs are: without spending a try. Whatever does not answer is waited for
 * some seconds. Main thread.
 */
void eonay_card_survey_async (EonayReaderList *readers, EonayCandidateList *candidates,
                              gboolean with_service, const EonayClock *clock,
                              EonayCardSurveyFunc progress, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data);

/** Returns: (transfer full): fails only with %G_IO_ERROR_CANCELLED */
EonayCardSurvey *eonay_card_survey_finish (GAsyncResult *result, GError **error);

G_END_DECLS
