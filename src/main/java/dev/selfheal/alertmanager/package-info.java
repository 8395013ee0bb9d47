/**
 * Alertmanager's formats and its API: the webhook payload of version 4 becomes {@link
 * dev.selfheal.alert.Alert}, and the API tells which alerts are active now.
 */
@NullMarked
package dev.selfheal.alertmanager;

import org.jspecify.annotations.NullMarked;
