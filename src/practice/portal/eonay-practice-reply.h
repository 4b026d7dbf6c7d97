#pragma once

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

G_BEGIN_DECLS

/** Maximum length of a request's body, in bytes. */
#define EONAY_PRACTICE_REQUEST_MAX (1024 * 1024)

/** @node: (transfer full) */
void eonay_practice_reply_json (SoupServerMessage *message, JsonNode *node);

/** @word: a problem type of the protocol */
void eonay_practice_reply_problem (SoupServerMessage *message, const char *word);

/** Like eonay_practice_reply_problem(), with `attempts_left` unless it is -1. */
void eonay_practice_reply_attempts (SoupServerMessage *message, const char *word,
                                    int attempts_left);

/** too-many-requests, with Retry-After: @seconds. */
void eonay_practice_reply_wait (SoupServerMessage *message, guint seconds);

/** unavailable, with Retry-After: 1. */
void eonay_practice_reply_unavailable (SoupServerMessage *message);

/** A problem with only an HTTP status (RFC 9457, 4.2.1: "about:blank"). */
void eonay_practice_reply_status (SoupServerMessage *message, guint status, const char *detail);

/** Closes the connection after @bytes (nullable). */
void eonay_practice_reply_cut (SoupServerMessage *message, const char *bytes);

/** Returns: (transfer full) (nullable): the request's body if it is one JSON object */
JsonObject *eonay_practice_reply_read_object (SoupServerMessage *message);

/** Returns: (transfer none) (nullable): the member if it is present and a string */
const char *eonay_practice_reply_get_string (JsonObject *object, const char *name);

G_END_DECLS
