#pragma once

#include <adwaita.h>

#include "session/history/eonay-history-entry.h"

G_BEGIN_DECLS

/** EonayHistoryDetails: all fields of one document in the History, with buttons to copy them. */
#define EONAY_TYPE_HISTORY_DETAILS (eonay_history_details_get_type ())
G_DECLARE_FINAL_TYPE (EonayHistoryDetails, eonay_history_details, EONAY, HISTORY_DETAILS, AdwBin)

void eonay_history_details_show (EonayHistoryDetails *self, EonayHistoryEntry *entry);

G_END_DECLS
