#pragma once

#include "card/driver/eonay-card.h"

G_BEGIN_DECLS

/** Points EONAY_TRACE to a new file in a new folder. Returns: (transfer full): its name */
char *trace_probe_start (void);

/** Takes EONAY_TRACE back, and the file away. Returns: (transfer full): what was in the file */
char *trace_probe_end (const char *path);

/** Returns: whether @text, as it is or in hexadecimal, stands in @trace */
gboolean trace_probe_has (const char *trace, const char *text);

/** Fails the test if the trace names the test card's person, or has one of its secrets. */
void trace_probe_assert_clean (const char *trace);

/** Fails the test unless both cards have the same certificates, but for the person in them. */
void trace_probe_assert_same_list (EonayCard *card, EonayCard *other);

/** Returns: (transfer full): the one signature over @digest with @card's @n-th certificate */
GBytes *trace_probe_sign (EonayTransport *transport, EonayCard *card, guint n,
                          EonaySignatureScheme scheme, GBytes *digest, const char *pin);

/** Asks for label, serial number and tries left, as a token does once it is listed. */
void trace_probe_refresh (EonayTransport *transport, EonayCard *card);

G_END_DECLS
