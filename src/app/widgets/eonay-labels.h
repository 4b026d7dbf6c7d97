#pragma once

#include <gio/gio.h>

#include "portal/eonay-portal.h"
#include "session/eonay-text-inspection.h"
#include "session/sign/eonay-candidate.h"
#include "session/sign/eonay-session.h"

G_BEGIN_DECLS

/*
 * Pure formatting functions for the window; no widgets. Those used as closures in templates take
 * the closure's object first, and ignore it.
 */

/** Kalan Süre at which the ring turns to the warning colour, in seconds. */
#define EONAY_COUNTDOWN_WARNING 60

/**
 * Returns: (transfer none): "code", "review", "progress" or "result"; %NULL for SIGNING: the PIN
 *   dialog is in front then, and the page behind it stays
 */
const char *eonay_labels_page_for_state (EonaySessionState state);

/** Returns: whether the clock is shown */
gboolean eonay_labels_state_has_clock (gpointer self, EonaySessionState state);

/** Returns: whether closing the window now would abandon a signature */
gboolean eonay_labels_state_is_signing (EonaySessionState state);

/** Returns: whether submitting the existing signatures again may succeed */
gboolean eonay_labels_result_can_retry (EonaySessionState state, gboolean is_signed,
                                        guint seconds_left);

/** @all_unusable: whether there are certificates, and none of them can be chosen
 * Returns: (transfer full): why "Sign" is not available yet, in a few words */
char *eonay_labels_describe_obstacle (const GError *error, gboolean all_unusable);

gboolean eonay_labels_seconds_warn (gpointer self, guint seconds_left);

/** Returns: (transfer full): "Kalan süre: 285 saniye" */
char *eonay_labels_describe_seconds (gpointer self, guint seconds_left);

/** Returns: whether the time left is spoken now: at 60, 30 and 10 s, and at the end */
gboolean eonay_labels_seconds_are_announced (guint before, guint now);

/** Returns: (transfer full): "312 gün kaldı"; "" once it is over */
char *eonay_labels_describe_days (int days_left);

/**
 * eonay_labels_candidate_subtitle:
 * @tell_apart: there are others like it: name its key as well
 *
 * Returns: (transfer full): provider · last day · days left; the reason first if unusable
 */
char *eonay_labels_candidate_subtitle (EonayCandidate *candidate, GDateTime *now,
                                       gboolean tell_apart);

/** Returns: (transfer full): one or two words for the tag: "Nitelikli", "Süresi dolmuş", … */
char *eonay_labels_candidate_tag (EonayCandidate *candidate);

/**
 * eonay_labels_describe_keypad_wait:
 * @seconds_left: of a single PIN; 0 for several, which are not counted
 * @each: seconds for each
 *
 * Returns: (transfer full): text for how long the reader still waits
 */
char *eonay_labels_describe_keypad_wait (guint seconds_left, guint each);

/** Returns: (transfer full): lower-case hexadecimal in groups of eight, to be read */
char *eonay_labels_format_digest (GBytes *digest);

/** Returns: (transfer full): "CAdES (AdES-B-B), metin imzanın içinde" */
char *eonay_labels_describe_format (EonayFormat format, const char *conformance_level);

/** Returns: (transfer full) (nullable): warning about the text; %NULL if there is none */
char *eonay_labels_describe_text_flags (EonayTextFlags flags);

/** Returns: (transfer full): a file name for the signed document, without "/" */
char *eonay_labels_signed_file_name (const char *label, EonayFormat format);

G_END_DECLS
