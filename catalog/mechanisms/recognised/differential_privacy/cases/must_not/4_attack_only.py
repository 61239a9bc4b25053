from tensorflow_privacy.privacy.privacy_tests.membership_inference_attack import membership_inference_attack as attack

found = attack.run_attacks(attack_input)
print(found.summary())
