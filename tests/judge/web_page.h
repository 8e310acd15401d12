#ifndef JUDGE_WEB_PAGE_H
#define JUDGE_WEB_PAGE_H

// A page that is one file and needs no network. It is made from a template, in which stand
//
//     @STYLE@     for what all pages look like, web_page.css
//     @SCRIPT@    for what their scripts share, web_page.js
//     @DATA@      for what the page is about, as JSON in a script element

#include <jansson.h>
#include <stdio.h>

// Writes the data of a page. 0 or a negative errno.
typedef int web_page_data_fn(FILE *stream, const void *context);

// Writes the page of a template, named from the root on. 0 or a negative errno: -EINVAL where
// the template has no place for the data.
int web_page_write(FILE *stream, const char *root, const char *template_path,
                   web_page_data_fn *put_data, const void *context);

// Writes JSON in which no text can be markup. object is given (this frees it). 0 or a negative
// errno.
int web_page_put_json(FILE *stream, json_t *object);

#endif
