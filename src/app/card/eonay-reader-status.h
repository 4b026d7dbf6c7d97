#pragma once

#include <adwaita.h>

#include "card/reader/eonay-reader-list.h"
#include "session/sign/eonay-candidate.h"

G_BEGIN_DECLS

/**
 * EonayReaderStatus: the row with the status of reader and card. Property `text` (string,
 * read-only).
 */
#define EONAY_TYPE_READER_STATUS (eonay_reader_status_get_type ())
G_DECLARE_FINAL_TYPE (EonayReaderStatus, eonay_reader_status, EONAY, READER_STATUS, AdwBin)

/** @candidates: for the holder's name */
void eonay_reader_status_set_readers (EonayReaderStatus *self, EonayReaderList *readers,
                                      EonayCandidateList *candidates);

/** Returns: (transfer none) */
const char *eonay_reader_status_get_text (EonayReaderStatus *self);

/** Returns: (transfer none) (nullable): what to do, with its short code; %NULL if nothing is wrong */
const char *eonay_reader_status_get_remedy (EonayReaderStatus *self);

G_END_DECLS
