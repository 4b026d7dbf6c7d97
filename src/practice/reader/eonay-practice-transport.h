#pragma once

#include "practice/reader/eonay-practice-reader.h"

G_BEGIN_DECLS

/** EonayPracticeTransport: an #EonayTransport to the card in the practice reader. */
#define EONAY_TYPE_PRACTICE_TRANSPORT (eonay_practice_transport_get_type ())
G_DECLARE_FINAL_TYPE (EonayPracticeTransport, eonay_practice_transport, EONAY, PRACTICE_TRANSPORT,
                      GObject)

EonayTransport *eonay_practice_transport_new (EonayPracticeReader *reader);

G_END_DECLS
