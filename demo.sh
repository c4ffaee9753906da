#!/bin/sh
# The main job on the real plan: which services apply, with what standard, who pays, in the plan's words.
# Usage: demo.sh "python -m tjkg"
set -eu
tjkg=${1:-tjkg}
say() { printf '\n── %s\n' "$1"; }

for group in 残疾人 老年人 义务教育阶段学生; do
    say "$group：有哪些服务，什么标准，谁出钱，原文第几行 (services of a group)"
    $tjkg query standards-of-group -p "group=$group"
done

say "老年人助餐服务：每个短语读作什么 (one service, phrase by phrase)"
$tjkg show 老年人助餐服务

say "八十二岁、农村、低保：一个人能享受什么 (one person)"
$tjkg screen -f age=82 -f hukou=天津 -f residence=农村 -f income_status=低保 -f lives_in_care_home=false

say "80岁以上农村低保老人：一个群体 (a group)"
$tjkg screen --group -f age=80.. -f hukou=天津 -f residence=农村 -f income_status=低保 -f lives_in_care_home=false

say "问一句 (ask in Chinese)"
$tjkg ask "我奶奶82岁，天津农村户口，吃低保，助餐补多少钱？"
