import streamlit as st

table = open_table(**st.secrets['warehouse'])
