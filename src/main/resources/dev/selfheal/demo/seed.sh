#!/bin/sh
# Waits as a child of the server until it is told, line by line, which program to become.
exec 3<'@FOLDER@/seed'
set --
while IFS= read -r word <&3 && [ -n "$word" ]; do set -- "$@" "$word"; done
exec "$@" <&3
